using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;

namespace AiObs.Operations.Content;

/// <summary>A JSON document in the making, in a rented array of characters. Pass it by reference.</summary>
/// <remarks>
/// Conversations are long and mostly plain text, and spans want them as strings: a <see cref="System.Text.Json.Utf8JsonWriter"/> would
/// turn every character into UTF-8 and back. What is escaped, and how, is the same. Where writing throws, the array is not given back.
/// </remarks>
internal ref struct JsonText
{
    private const int InitialSize = 1024;

    /// <summary>The longest that one character can become: a surrogate pair, escaped.</summary>
    private const int LongestEscape = 12;

    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>The printable characters of ASCII, without those that are always escaped.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static character => (char)character).Except(['"', '\\'])]);

    private char[] _chars;
    private int _count;

    public JsonText()
        : this(InitialSize)
    {
    }

    public JsonText(int expectedLength) => _chars = ArrayPool<char>.Shared.Rent(expectedLength);

    /// <summary>Gets how many characters there are so far.</summary>
    public readonly int Length => _count;

    /// <summary>Appends what is JSON already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<char> json)
    {
        json.CopyTo(Reserve(json.Length));
        _count += json.Length;
    }

    public void Append(long number)
    {
        // Sign and digits of the longest number, with some to spare.
        number.TryFormat(Reserve(24), out var written, provider: CultureInfo.InvariantCulture);
        _count += written;
    }

    /// <summary>Appends a text in quotes, or <c>null</c>.</summary>
    public void AppendString(string? text)
    {
        if (text is null)
        {
            Append("null");
        }
        else
        {
            AppendString(text.AsSpan());
        }
    }

    /// <summary>Appends a text in quotes.</summary>
    public void AppendString(ReadOnlySpan<char> text)
    {
        if (text.ContainsAnyExcept(Plain))
        {
            AppendEscaped(text);
            return;
        }

        var target = Reserve(text.Length + 2);
        target[0] = '"';
        text.CopyTo(target[1..]);
        target[text.Length + 1] = '"';
        _count += text.Length + 2;
    }

    /// <summary>Appends a value as what it is: JSON, a text in quotes, or <c>null</c>.</summary>
    public void AppendValue(RecordedValue? value)
    {
        if (value is { IsJson: true })
        {
            Append(value.Text);
        }
        else
        {
            AppendString(value?.Text);
        }
    }

    /// <summary>Appends a member whose value is a text, or <c>null</c>.</summary>
    /// <param name="opening">The comma before it, its name and the colon.</param>
    /// <param name="text">The text.</param>
    public void AppendMember(ReadOnlySpan<char> opening, string? text)
    {
        Append(opening);
        AppendString(text);
    }

    /// <summary>Appends a member unless its text says nothing.</summary>
    public void AppendOptional(ReadOnlySpan<char> opening, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            AppendMember(opening, text);
        }
    }

    /// <summary>Appends a member whose value is JSON, if it has one.</summary>
    public void AppendRaw(ReadOnlySpan<char> opening, string? json)
    {
        if (json is not null)
        {
            Append(opening);
            Append(json);
        }
    }

    /// <summary>Returns the document and gives the array back.</summary>
    public string End()
    {
        var json = new string(_chars, 0, _count);
        ArrayPool<char>.Shared.Return(_chars);
        _chars = [];
        _count = 0;
        return json;
    }

    private void AppendEscaped(ReadOnlySpan<char> text)
    {
        Append("\"");
        for (var plain = text.IndexOfAnyExcept(Plain); plain >= 0; plain = text.IndexOfAnyExcept(Plain))
        {
            Append(text[..plain]);
            var end = plain + 1;
            if (ShortEscape(text[plain]) is { } escape)
            {
                Append(escape);
            }
            else
            {
                // Where one character is of another script, most are: to look for plain runs between them would cost more than it saves.
                end = char.IsAscii(text[plain]) ? end : text.Length;
                Encode(text[plain..end]);
            }

            text = text[end..];
        }

        Append(text);
        Append("\"");
    }

    private void Encode(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            Encoder.Encode(text, Reserve(text.Length + LongestEscape), out var consumed, out var written);
            _count += written;
            text = text[consumed..];
        }
    }

    /// <summary>Returns what stands for a character of those that nearly all escapes are needed for.</summary>
    private static string? ShortEscape(char character) => character switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        '"' => "\\\"",
        '\\' => @"\\",
        _ => null,
    };

    /// <summary>Returns the room after the end, which is at least as long as asked for.</summary>
    private Span<char> Reserve(int length)
    {
        if (_chars.Length - _count < length)
        {
            Grow(length);
        }

        return _chars.AsSpan(_count);
    }

    private void Grow(int length)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(_count + length, _chars.Length * 2));
        _chars.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<char>.Shared.Return(_chars);
        _chars = larger;
    }
}
