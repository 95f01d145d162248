/** What Declarative Services waits for, in words. */
package org.heraldlb.view.components;
