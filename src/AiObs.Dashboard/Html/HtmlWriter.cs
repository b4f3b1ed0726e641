using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace AiObs.Dashboard.Html;

/// <summary>Writes a page. What stands in a literal is markup; what stands in a hole of it is text, whatever it contains.</summary>
/// <remarks>
/// There is no way to write a value as markup. In an attribute a value is escaped for it, and a hole between attributes fails, so that a value can end neither an element nor a quote.
/// </remarks>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _text = new(capacity: 16 * 1024);

    private HtmlPlace _place = HtmlPlace.Content;

    /// <summary>Gets how many characters are written.</summary>
    public int Length => _text.Length;

    /// <summary>Writes a literal with values in it.</summary>
#pragma warning disable CA1822 // The handler has written into this writer, which it was given.
    public void Write([InterpolatedStringHandlerArgument("")] ref HtmlHandler _)
#pragma warning restore CA1822
    {
    }

    /// <summary>Writes what was written elsewhere.</summary>
    public void Write(HtmlWriter other) => _text.Append(other._text);

    /// <summary>Writes all of it as UTF-8, part by part: a large page in one piece would live until the next full collection.</summary>
    public void CopyTo(IBufferWriter<byte> target)
    {
        var encoder = Encoding.UTF8.GetEncoder();
        foreach (var chunk in _text.GetChunks())
        {
            encoder.Convert(chunk.Span, target, flush: false, out _, out _);
        }

        encoder.Convert([], target, flush: true, out _, out _);
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    internal void Markup(string literal)
    {
        _place = HtmlPlaces.After(literal, _place);
        _text.Append(literal);
    }

    internal void Value(ReadOnlySpan<char> value)
    {
        if (_place == HtmlPlace.Tag)
        {
            throw new InvalidOperationException("A value must stand in the content of an element or between the double quotes of an attribute.");
        }

        HtmlText.Append(_text, value, isPlain: _place != HtmlPlace.Content);
    }

    /// <summary>Writes an attribute that is there or is not, such as <c>selected</c>.</summary>
    internal void Flag(HtmlFlag flag)
    {
        if (_place != HtmlPlace.Tag)
        {
            throw new InvalidOperationException($"The attribute {flag.Name} must stand inside of a tag.");
        }

        if (flag.IsSet)
        {
            _text.Append(flag.Name);
        }
    }

    /// <summary>Writes a style sheet.</summary>
    internal void Style(HtmlStyle style)
    {
        if (_place != HtmlPlace.Content)
        {
            throw new InvalidOperationException("A style sheet must stand in the content of an element.");
        }

        _text.Append(style.ToString());
    }
}
