using System.Globalization;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Text;
using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>A bar from the start of a span to its end. Its place is in attributes, as a strict policy forbids styles in elements.</summary>
internal static class SpanBar
{
    private const int Width = 1_000;

    /// <summary>How wide the bar of a span is at least, so that short ones are seen.</summary>
    private const int MinWidth = 2;

    public static Action<HtmlWriter> Of(SpanRecord span, DateTimeOffset start, TimeSpan length) => html =>
    {
        var left = Math.Min(Place(span.Time - start, length), Width - MinWidth);
        var width = Math.Max(Place(span.EndTime - start, length) - left, MinWidth);
        html.Write($"""
            <svg class="bar" viewBox="0 0 {Width} 10" preserveAspectRatio="none" aria-hidden="true"><rect class="k-{Shown.Kind(span.Kind)}" x="{Number(left)}" y="1" width="{Number(width)}" height="8" rx="2"/></svg>
            """);
    };

    private static double Place(TimeSpan time, TimeSpan length) => length <= TimeSpan.Zero ? 0 : Math.Clamp(time / length, 0, 1) * Width;

    /// <summary>Writes a place with a digit behind the point where there is one. A format that says so takes longer than all else of a row.</summary>
    private static string Number(double place)
    {
        var tenths = (int)Math.Round(place * 10, MidpointRounding.AwayFromZero);
        return tenths % 10 == 0 ? (tenths / 10).ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{tenths / 10}.{tenths % 10}");
    }
}
