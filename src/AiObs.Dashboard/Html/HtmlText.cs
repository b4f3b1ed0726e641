using System.Buffers;
using System.Globalization;
using System.Text;

namespace AiObs.Dashboard.Html;

/// <summary>Makes of any text something that a browser shows as it is: no character of it is markup, and none that cannot be seen changes how others look.</summary>
internal static class HtmlText
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    private static readonly SearchValues<char> Plain =
        SearchValues.Create(" \n\t!#$%()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Appends text.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="text">The text.</param>
    /// <param name="isPlain">Whether there is no room for elements, as between double quotes. Elsewhere, characters that cannot be seen are told from a text that names them.</param>
    public static void Append(StringBuilder html, ReadOnlySpan<char> text, bool isPlain)
    {
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyExcept(Plain);
            if (plain < 0)
            {
                html.Append(text);
                return;
            }

            html.Append(text[..plain]);
            Rune.DecodeFromUtf16(text[plain..], out var rune, out var length);
            AppendRune(html, rune, isPlain);
            text = text[(plain + length)..];
        }
    }

    private static void AppendRune(StringBuilder html, Rune rune, bool isPlain)
    {
        switch (rune.Value)
        {
            case '<':
                html.Append("&lt;");
                break;
            case '>':
                html.Append("&gt;");
                break;
            case '&':
                html.Append("&amp;");
                break;
            case '"':
                html.Append("&quot;");
                break;
            case '\'':
                html.Append("&#39;");
                break;
            default:
                if (!IsHidden(rune))
                {
                    html.Append(rune.ToString());
                }
                else
                {
                    html.Append(CultureInfo.InvariantCulture, $"{(isPlain ? null : "<span class=\"chip\">")}U+{rune.Value:X4}{(isPlain ? null : "</span>")}");
                }

                break;
        }
    }

    /// <summary>Tells characters of control and of direction, and those without width, from those that are text. Joiners are part of words and of emoji.</summary>
    private static bool IsHidden(Rune rune) => rune.Value is not (ZeroWidthNonJoiner or ZeroWidthJoiner)
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
