using AiObs.Cost;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;

namespace AiObs.Dashboard.Messages;

/// <summary>Writes model calls as a chat, with what each took and cost at its side.</summary>
internal static class TranscriptView
{
    public static void Write(HtmlWriter html, PageRequest page, IReadOnlyList<Turn> turns, Func<Turn, CostSum?> costOf)
    {
        foreach (var turn in turns)
        {
            var span = turn.Span;
            html.Write($"""<section class="turn"><div class="said">""");
            MessageList.Write(html, turn.New, page.ShowsContent);
            MessageList.Write(html, turn.Output, page.ShowsContent);
            if (turn.New.Count == 0 && turn.Output.Count == 0)
            {
                html.Write($"""<p class="hint">{Missing(span)}</p>""");
            }

            html.Write($"""
                </div><div class="beside">
                <p>{Parts.Kind(span.Kind)} <a href="{page.Links.Trace(span.TraceId, $"?span={span.SpanId}")}"><bdi>{span.Model ?? span.Name}</bdi></a></p>
                <p>{Parts.Time(span.Time)}</p>
                <p>{Shown.Duration(span.Duration)}{(Shown.Tokens(span.InputTokens, span.OutputTokens) is { Length: > 0 } tokens ? $" · {tokens} tokens" : "")}</p>
                """);
            if (costOf(turn) is { } cost)
            {
                html.Write($"<p>{Shown.Money(cost)}</p>");
            }

            if (span.IsError)
            {
                html.Write($"""<p class="bad"><bdi>{span.ErrorType ?? "error"}</bdi></p>""");
            }

            html.Write($"</div></section>");
        }
    }

    private static string Missing(Store.SpanRecord span) => span.HadContent
        ? "What was said here was erased, or is older than content is kept."
        : "What was said here was not recorded: CaptureContent decides (AddAgentObservability(o => o.CaptureContent = ContentCapture.All)).";
}
