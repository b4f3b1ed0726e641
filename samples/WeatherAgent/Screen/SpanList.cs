using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace WeatherAgent.Screen;

/// <summary>Draws spans: kind, name, tokens, cost and duration in one line, what is worth knowing of the attributes below it.</summary>
internal sealed class SpanList(IEnumerable<SpanNode> nodes) : Renderable
{
    private const int ValueColumn = 42;
    private const int CostWidth = 11;
    private const int DurationWidth = 10;

    private static readonly Style Name = new(decoration: Decoration.Bold);
    private static readonly Style Faint = new(foreground: Color.Grey);
    private static readonly Style Failed = new(foreground: Color.Red);

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        nodes.SelectMany((node, index) => RenderNode(node, isFirst: index == 0, maxWidth));

    private static IEnumerable<Segment> RenderNode(SpanNode node, bool isFirst, int width)
    {
        if (node.Branch.Length == 0 && !isFirst)
        {
            yield return Segment.LineBreak;
        }

        var headline = CreateHeadline(node, width);
        var highlights = SpanHighlights.Of(node.Span).Select(highlight => CreateHighlight(node, highlight, width));

        foreach (var segment in highlights.Prepend(headline).SelectMany(line => line.Append(Segment.LineBreak)))
        {
            yield return segment;
        }
    }

    private static List<Segment> CreateHeadline(SpanNode node, int width)
    {
        var kind = SpanHighlights.KindOf(node.Span);
        var duration = string.Create(CultureInfo.InvariantCulture, $"{node.Span.Duration.TotalMilliseconds:N0} ms").PadLeft(DurationWidth);
        var right = new Segment($"{TokenCounts.Of(node.Span)}{Money.Of(node.Span).PadLeft(CostWidth)}{duration}");
        List<Segment> left = [new(node.Branch, Faint), new(kind, StyleOf(kind)), new($" {PlainText.CleanLine(node.Span.DisplayName)}", Name)];

        return [.. Fit(left, width - right.CellCount()), right];
    }

    private static List<Segment> CreateHighlight(SpanNode node, KeyValuePair<string, string> highlight, int width)
    {
        var style = highlight.Key == SpanHighlights.ErrorKey ? Failed : Style.Plain;
        var key = Fit([new(node.Indent, Faint), new(highlight.Key, Faint)], ValueColumn);
        var value = new Segment(PlainText.CleanLine(highlight.Value), style);

        return [.. key, .. Shorten(value, width - ValueColumn)];
    }

    /// <summary>Cuts or pads to exactly this many cells.</summary>
    private static List<Segment> Fit(List<Segment> segments, int width)
    {
        var fitting = Segment.Truncate(segments, width);
        fitting.Add(Segment.Padding(Math.Max(0, width - Segment.CellCount(fitting))));

        return fitting;
    }

    private static List<Segment> Shorten(Segment value, int width) =>
        value.CellCount() <= width ? [value] : [.. Segment.Truncate([value], width - 1), new("…", Faint)];

    private static Style StyleOf(string kind) => new(kind switch
    {
        "AGENT" => Color.Magenta1,
        "LLM" => Color.DodgerBlue1,
        "TOOL" => Color.Green,
        _ => Color.Default,
    });
}
