/**
 * The HTTP door on port 7472: metrics, health, the JSON API and a console page. It only reads, and it stands without core:
 * then it says what is missing. Pure: {@code metrics} (snapshot to text) and {@code http.Pages} (path to response).
 */
package org.heraldlb.observability;
