using AiObs.Dashboard.Html;
using AiObs.Dashboard.Text;
using AiObs.Store;

namespace AiObs.Dashboard.Conversations;

/// <summary>Writes what memory did to the history of a turn, and how full the context of the model was then.</summary>
internal static class MemoryView
{
    private const int MostDecisions = 200;

    /// <param name="html">Where to.</param>
    /// <param name="memory">What memory did.</param>
    /// <param name="isWhole">Whether messages that follow each other have numbers that do: not where a conversation has branches.</param>
    public static void Write(HtmlWriter html, MemoryRecord memory, bool isWhole)
    {
        WriteContext(html, memory);
        html.Write($"""<details class="numbers"><summary>Memory: {Summary(memory, isWhole)}</summary><ul class="decisions">""");
        foreach (var decision in memory.Decisions.Take(MostDecisions))
        {
            html.Write($"""<li>{Place(decision)} <b>{Word(decision.Action)}</b>, {Shown.Number(decision.TokenCount)} tokens{By(decision)}</li>""");
        }

        html.Write($"</ul>");
        if (memory.Decisions.Count > MostDecisions)
        {
            html.Write($"""<p class="hint">The first {Shown.Number(MostDecisions)} of {Shown.Number(memory.Decisions.Count)}.</p>""");
        }

        html.Write($"</details>");
    }

    private static void WriteContext(HtmlWriter html, MemoryRecord memory)
    {
        var about = memory.IsEstimate ? "about " : "";
        html.Write($"<p>Context: {about}{Shown.Number(memory.TokensAfter)}");
        if (memory.ContextWindow is > 0 and var window)
        {
            var share = (double)memory.TokensAfter / window;
            html.Write($" of {Shown.Number(window)} tokens{ContextBar.Of(share)}");
        }
        else
        {
            html.Write($" tokens");
        }

        html.Write($"</p>");
        if (memory.TokensBefore != memory.TokensAfter)
        {
            html.Write($"<p>{about}{Shown.Number(memory.TokensBefore)} before memory</p>");
        }
    }

    private static string Summary(MemoryRecord memory, bool isWhole)
    {
        var counts = memory.Decisions
            .GroupBy(static decision => decision.Action)
            .OrderBy(static group => group.Key)
            .Select(static group => $"{Shown.Number(group.Sum(CountOf))} {Word(group.Key)}")
            .ToArray();
        return counts.Length == 0 ? "nothing to decide" : (isWhole ? "" : "up to ") + string.Join(", ", counts);
    }

    private static long CountOf(MemoryRange range) => range is { FirstSequence: { } first, LastSequence: { } last } ? last - first + 1 : 1;

    private static string Place(MemoryRange range) => range switch
    {
        { FirstSequence: { } first, LastSequence: { } last } when first != last => $"{Shown.Number(first)} to {Shown.Number(last)}",
        { FirstSequence: { } only } => Shown.Number(only),
        _ => "no message of the conversation",
    };

    private static string Word(MemoryAction action) => action switch
    {
        MemoryAction.Summarized => "summarised",
        _ => action.ToString().ToLowerInvariant(),
    };

    private static Action<HtmlWriter> By(MemoryRange range) => html =>
    {
        if (range.Strategy is { } strategy)
        {
            html.Write($" by <bdi>{strategy}</bdi>");
        }

        if (range.Reason is { } reason)
        {
            html.Write($": <bdi>{reason}</bdi>");
        }
    };
}
