using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Messages;
using AiObs.Dashboard.Mounting;
using AiObs.Operations;
using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>The model calls of a trace as a chat.</summary>
internal static class ChatTab
{
    private const int MostCalls = 200;

    public static async Task<Action<HtmlWriter>> ReadAsync(PageRequest page, TraceSummary trace, IReadOnlyDictionary<string, SpanCost>? costs)
    {
        var calls = await Panel.ReadAsync(page, stop => page.Sources.Traces.ListSpansAsync(
            new() { TraceId = trace.TraceId, Kind = OperationKind.Chat, Detail = SpanDetail.Content, PageSize = MostCalls }, stop)).ConfigureAwait(false);
        return Parts.Of(calls, (html, found) =>
        {
            if (found.Spans.Count == 0)
            {
                Parts.Empty("No model was called here.")(html);
            }

            TranscriptView.Write(html, page, Transcript.Of(found.Spans), turn => costs?.GetValueOrDefault(turn.Span.SpanId)?.Sum);
            if (found.NextCursor is not null)
            {
                html.Write($"""<p class="hint">The first {MostCalls} model calls. The tree has all of them.</p>""");
            }
        });
    }
}
