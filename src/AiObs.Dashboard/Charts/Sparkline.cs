using AiObs.Dashboard.Html;

namespace AiObs.Dashboard.Charts;

/// <summary>A small line beside a number: how it came about. Its numbers stand in a table elsewhere on the page.</summary>
internal static class Sparkline
{
    private const int Width = 120;
    private const int Height = 24;
    private const int Edge = 2;

    /// <summary>Returns the line.</summary>
    /// <param name="name">What it shows, for who does not see it.</param>
    /// <param name="values">The values, the oldest first.</param>
    public static Action<HtmlWriter> Of(string name, IReadOnlyList<double> values) => html =>
    {
        if (values.Count < 2)
        {
            return;
        }

        var top = values.Max();
        var path = Lines.PathOf(
            [.. values],
            index => Edge + ((double)(Width - (2 * Edge)) * index / (values.Count - 1)),
            value => Height - Edge - (top <= 0 ? 0 : (Height - (2 * Edge)) * Math.Max(0, value) / top));
        html.Write($"""<svg class="spark" viewBox="0 0 {Width} {Height}" role="img" aria-label="{name}"><title>{name}</title><path class="line l0" d="{path}"/></svg>""");
    };
}
