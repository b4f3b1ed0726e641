namespace AiObs.Dashboard.Charts;

/// <summary>A bar of a chart: what a part of the time has.</summary>
/// <param name="Start">When the part starts.</param>
/// <param name="Href">The address of the page with that part alone.</param>
/// <param name="Segments">What it is made of, from below; a series without anything is left out.</param>
/// <param name="Text">All of it, such as <c>$1.20</c>; empty where there is nothing.</param>
internal sealed record StackedBar(DateTimeOffset Start, string Href, IReadOnlyList<BarSegment> Segments, string Text)
{
    /// <summary>Gets what no bar can show, such as <c>3 unpriced</c>: a mark above the bar says it.</summary>
    public string? Remark { get; init; }

    public double Size => Segments.Sum(static segment => Math.Max(0, segment.Size));
}
