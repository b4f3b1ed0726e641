using AiObs.Dashboard.Mounting;
using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>Looks for a text in the spans of a trace: in names, in attributes, and in what was said where that may be seen.</summary>
internal static class FoundSpans
{
    /// <summary>Returns the ids of the spans that have the text, in the order of their start; nothing where nothing is looked for.</summary>
    public static async Task<Panel<IReadOnlyList<string>>> ReadAsync(PageRequest page, string traceId, string? text) => string.IsNullOrWhiteSpace(text)
        ? new([], Fault: null)
        : await Panel.ReadAsync<IReadOnlyList<string>>(page, async stop =>
        {
            var found = new List<string>();
            for (string? cursor = null; ;)
            {
                var part = await page.Sources.Traces.ListSpansAsync(
                    new()
                    {
                        TraceId = traceId,
                        Detail = page.ShowsContent ? SpanDetail.Content : SpanDetail.Attributes,
                        PageSize = SpanQuery.MaxPageSize,
                        Cursor = cursor,
                    },
                    stop).ConfigureAwait(false);
                found.AddRange(part.Spans.Where(span => Has(span, text)).Select(static span => span.SpanId));
                if ((cursor = part.NextCursor) is null)
                {
                    return found;
                }
            }
        }).ConfigureAwait(false);

    private static bool Has(SpanRecord span, string text) =>
        span.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
        || span.Attributes.Contains(text, StringComparison.OrdinalIgnoreCase)
        || span.Content?.Attributes.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}
