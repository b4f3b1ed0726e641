using System.Globalization;
using System.Text;

namespace AiObs.Conversations.Guardrails.Matching;

/// <summary>Tells characters that nobody sees, so that they can stand anywhere within a word.</summary>
internal static class HiddenCharacters
{
    private const int FirstTag = 0xE0000;
    private const int LastTag = 0xE007F;

    public static bool Are(Rune rune) => rune.Value switch
    {
        // Fillers are letters to Unicode, joiners and variation selectors are marks.
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0 => true,
        (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) => true,

        // Signs before Arabic and Syriac numbers can be seen.
        >= 0x0600 and <= 0x08FF => false,
        <= char.MaxValue when LookAlikes.IsMark((char)rune.Value) => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control && !Rune.IsWhiteSpace(rune),
    };

    /// <summary>Tells the tags, which are ASCII that nobody sees; what follows a black flag is part of the flag of a region.</summary>
    public static bool IsTag(int codePoint) => codePoint is >= FirstTag and <= LastTag;

    /// <summary>Returns the character that a tag stands for.</summary>
    public static char OfTag(int codePoint) => (char)(codePoint - FirstTag);
}
