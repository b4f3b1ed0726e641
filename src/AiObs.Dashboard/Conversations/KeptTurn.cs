using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Store;

namespace AiObs.Dashboard.Conversations;

/// <summary>Writes what is known of a turn besides its messages.</summary>
internal static class KeptTurn
{
    public static void Write(HtmlWriter html, PageRequest page, TurnRecord turn, IEnumerable<TraceSummary> traces, bool isElsewhere, bool isWhole)
    {
        html.Write($"""<p><span class="{(IsBad(turn.State) ? "bad" : "")}">{Standing(turn, page.Now)}</span></p><p>{Parts.Time(turn.StartedAt)}{Duration(turn)}</p>""");
        if (turn.ErrorType is { } error)
        {
            html.Write($"""<p class="bad"><bdi>{error}</bdi></p>""");
        }

        if (isElsewhere)
        {
            html.Write($"""<p class="hint">its answer is on branch {Shown.Number(turn.Branch)}</p>""");
        }

        WriteFindings(html, turn.Findings);
        foreach (var trace in traces.Where(trace => IsOf(turn, trace, page.Now)))
        {
            html.Write($"""<p>trace <a href="{page.Links.Trace(trace.TraceId)}"><bdi>{trace.Name}</bdi></a></p>""");
        }

        if (turn.Memory is { } memory)
        {
            MemoryView.Write(html, memory, isWhole);
        }
    }

    private static void WriteFindings(HtmlWriter html, IReadOnlyList<TurnFinding> findings)
    {
        if (findings.Count == 0)
        {
            return;
        }

        html.Write($"""<ul class="findings" aria-label="What guardrails found">""");
        foreach (var finding in findings)
        {
            html.Write($"""<li class="{(finding.Mode == "block" || finding.IsFailure ? "bad" : "")}"><bdi>{finding.Policy}</bdi> ({finding.Mode}, {finding.Stage.Replace('_', ' ')}{(finding.Tool is { } tool ? $" of {tool}" : "")}): <bdi>{finding.Reason}</bdi></li>""");
        }

        html.Write($"</ul>");
    }

    /// <summary>Tells whether a trace is of the time of a turn; one begins just before the other.</summary>
    private static bool IsOf(TurnRecord turn, TraceSummary trace, DateTimeOffset now) => trace.Time <= (turn.EndedAt ?? now) && trace.EndTime >= turn.StartedAt;

    private static bool IsBad(TurnState state) => state is TurnState.Failed or TurnState.Cancelled or TurnState.Abandoned or TurnState.Refused;

    private static string Duration(TurnRecord turn) => turn.EndedAt is { } ended && ended > turn.StartedAt ? $" · {Shown.Duration(ended - turn.StartedAt)}" : "";

    private static string Standing(TurnRecord turn, DateTimeOffset now) => turn.State switch
    {
        TurnState.Open when turn.LeaseUntil > now => "being answered",
        TurnState.Open => "open, and nobody is at it",
        TurnState.Abandoned => "left before its end",
        TurnState.AwaitingTools => "waits for tools of the caller",
        var state => state.ToString().ToLowerInvariant(),
    };
}
