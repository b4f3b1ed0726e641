using AiObs.Dashboard.Mounting;

namespace AiObs.Dashboard.Traces;

/// <summary>How a trace is looked at: which rows of its tree are open, from which on, and which span is shown beside it. It stands in the address.</summary>
/// <param name="Closed">The spans whose children are hidden.</param>
/// <param name="MaxDepth">How deep the tree is shown.</param>
/// <param name="Top">The span that is shown alone with what is below it.</param>
/// <param name="From">The first row.</param>
/// <param name="Span">The span that is shown beside the tree.</param>
/// <param name="Find">What is looked for in the trace.</param>
internal sealed record TraceView(IReadOnlySet<string> Closed, int? MaxDepth, string? Top, int From, string? Span, string? Find)
{
    /// <summary>How many rows are shown at once.</summary>
    public const int WindowSize = 200;

    private const int MostClosed = 1_000;

    public static TraceView Read(PageRequest page) => new(
        (page.Query("closed") ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries).Take(MostClosed).ToHashSet(StringComparer.Ordinal),
        int.TryParse(page.Query("depth"), out var depth) && depth > 0 ? depth : null,
        page.Query("zoom"),
        int.TryParse(page.Query("from"), out var from) && from > 0 ? from : 0,
        page.Query("span"),
        page.Query("find"));

    /// <summary>Returns the view as the query of an address, with its question mark.</summary>
    public string ToQuery()
    {
        var query = new Microsoft.AspNetCore.Http.Extensions.QueryBuilder();
        Add("closed", Closed.Count == 0 ? null : string.Join(',', Closed.Order(StringComparer.Ordinal)));
        Add("depth", MaxDepth?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add("zoom", Top);
        Add("from", From == 0 ? null : From.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add("span", Span);
        Add("find", Find);
        return query.ToQueryString() is { HasValue: true } written ? written.Value! : "?";

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }
    }

    /// <summary>Returns this view with the children of a span hidden, or shown again.</summary>
    public TraceView Toggle(string spanId)
    {
        var closed = Closed.ToHashSet(StringComparer.Ordinal);
        if (!closed.Remove(spanId))
        {
            closed.Add(spanId);
        }

        return this with { Closed = closed };
    }
}
