using AiObs.Dashboard.Mounting;

namespace AiObs.Dashboard.Traces;

/// <summary>How a trace is looked at: which rows of its tree are open, from which on, and which span is shown beside it. It stands in the address.</summary>
/// <param name="Toggled">The spans whose children are hidden although the depth shows them, or shown although it hides them.</param>
/// <param name="MaxDepth">How deep the tree is shown.</param>
/// <param name="Top">The span that is shown alone with what is below it.</param>
/// <param name="From">The first row.</param>
/// <param name="Span">The span that is shown beside the tree.</param>
/// <param name="Find">What is looked for in the trace.</param>
internal sealed record TraceView(IReadOnlySet<string> Toggled, int? MaxDepth, string? Top, int From, string? Span, string? Find)
{
    /// <summary>How many rows are shown at once.</summary>
    public const int WindowSize = 200;

    /// <summary>How many rows an address can have toggled: it has to fit into a request, and stands in each row.</summary>
    private const int MostToggled = 64;

    public static TraceView Read(PageRequest page) => new(
        (page.Query("toggled") ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries).Take(MostToggled).ToHashSet(StringComparer.Ordinal),
        int.TryParse(page.Query("depth"), out var depth) && depth > 0 ? depth : null,
        page.Query("zoom"),
        int.TryParse(page.Query("from"), out var from) && from > 0 ? from : 0,
        page.Query("span"),
        page.Query("find"));

    /// <summary>Returns the view as the query of an address, with its question mark.</summary>
    public string ToQuery()
    {
        var query = new Microsoft.AspNetCore.Http.Extensions.QueryBuilder();
        Add("toggled", Toggled.Count == 0 ? null : string.Join(',', Toggled.Order(StringComparer.Ordinal)));
        Add("depth", MaxDepth?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add("zoom", Top);
        Add("from", From == 0 ? null : From.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add("find", Find);
        Add("span", Span);
        return query.ToQueryString() is { HasValue: true } written ? written.Value! : "?";

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }
    }

    /// <summary>Returns what the query of this view is with any span beside it, up to the id of that span.</summary>
    public string ToQueryBeforeSpan() => (this with { Span = "" }).ToQuery();

    /// <summary>Tells whether the children of a row are shown.</summary>
    public bool IsOpen(SpanRow row) => (MaxDepth is null || row.Depth + 1 < MaxDepth) != Toggled.Contains(row.Span.SpanId);

    /// <summary>Returns this view with the children of a span hidden, or shown again.</summary>
    public TraceView Toggle(string spanId)
    {
        var toggled = Toggled.ToHashSet(StringComparer.Ordinal);
        if (!toggled.Remove(spanId))
        {
            toggled.Add(spanId);
        }

        return this with { Toggled = toggled };
    }
}
