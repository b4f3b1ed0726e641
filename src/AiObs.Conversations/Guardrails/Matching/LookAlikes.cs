using System.Text;

namespace AiObs.Conversations.Guardrails.Matching;

/// <summary>Makes letters that differ in case or accents, or look the same, the same one.</summary>
/// <remarks>Each letter is folded by itself, whatever stands around it, so that the beginning of a text is folded as it is in the whole.</remarks>
internal static class LookAlikes
{
    private const int TableLength = 0x590;

    // The letters of other scripts that look like one of Latin, in small or in capital form; those of phonetic alphabets and of strokes that are no accents to Unicode.
    private const string Others =
        "аaвbсcԁdеeєeҽeғfһhнhіiїiјjкkӏlмmոnоoрpԛqѕsтtуyүyѵvԝwхx"
        + "αaβbεeζzηhιiκkμmνnοoρpςoσoτtυyχxωwϳj"
        + "ɑaɐaᴀaʙbᴄcɔoᴅdđdɖdᴇeɛeɘeꜰfɡgɢgʜhħhɦhɪiıiɨiʝjᴊjᴋkʟlłlɫlƚlᴍmɱmɴnŋnɲnᴏoøoɵoᴘpʀrɾrɹrꜱsʂsᴛtŧtᴜuʉuᴠvʋvᴡwʏyɏyᴢzʐzƶz";

    private static readonly Dictionary<char, char> Latin = Enumerable.Range(0, Others.Length / 2).ToDictionary(static pair => Others[pair * 2], static pair => Others[(pair * 2) + 1]);

    private static readonly char[] Table = [.. Enumerable.Range(0, TableLength).Select(static code => Compute((char)code))];

    public static char Fold(char letter) => letter < TableLength ? Table[letter] : Compute(letter);

    /// <summary>Tells whether a mark is one that is put on letters of any script to make them look otherwise: an accent, a stroke, a ring.</summary>
    public static bool IsMark(char character) => character is (>= '\u0300' and <= '\u036F') or (>= '\u1AB0' and <= '\u1AFF') or (>= '\u1DC0' and <= '\u1DFF') or (>= '\u20D0' and <= '\u20FF') or (>= '\uFE20' and <= '\uFE2F');

    private static char Compute(char letter)
    {
        if (char.IsAscii(letter) || char.IsSurrogate(letter) || !char.IsLetter(letter))
        {
            return char.ToLowerInvariant(letter);
        }

        var plain = char.ToLowerInvariant(letter);

        // A short i of Cyrillic is a letter of its own, though Unicode takes it apart.
        if (plain != 'й' && plain.ToString().Normalize(NormalizationForm.FormD) is [var first, .. { Length: > 0 } marks] && marks.All(IsMark))
        {
            plain = char.ToLowerInvariant(first);
        }

        return Latin.GetValueOrDefault(plain, plain);
    }
}
