using System.Globalization;
using System.Runtime.CompilerServices;

namespace AiObs.Dashboard.Html;

/// <summary>Takes the literals and values of an interpolated string one by one.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlHandler
{
    private readonly HtmlWriter _html;

    public HtmlHandler(int literalLength, int formattedCount, HtmlWriter html) => _html = html;

    public void AppendLiteral(string literal) => _html.Markup(literal);

    public void AppendFormatted(string? value) => _html.Value(value);

    public void AppendFormatted(HtmlFlag flag) => _html.Flag(flag);

    public void AppendFormatted(HtmlStyle style) => _html.Style(style);

    /// <summary>Writes a part of the page in its place.</summary>
    public void AppendFormatted(Action<HtmlWriter>? part) => part?.Invoke(_html);

    public void AppendFormatted<T>(T value, string? format = null)
        where T : ISpanFormattable
    {
        Span<char> text = stackalloc char[64];
        if (value.TryFormat(text, out var length, format, CultureInfo.InvariantCulture))
        {
            _html.Value(text[..length]);
        }
        else
        {
            _html.Value(value.ToString(format, CultureInfo.InvariantCulture));
        }
    }
}
