namespace AiObs.Conversations.Guardrails.Policies;

/// <summary>Reads digits and signs that stand for letters within words, such as <c>1gn0re</c>.</summary>
internal static class DigitLetters
{
    /// <summary>Returns the text with letters in their place, as long as it was; <see langword="null"/> where none stands beside a letter.</summary>
    public static string? Read(string text)
    {
        char[]? read = null;
        for (var index = 0; index < text.Length; index++)
        {
            if (LetterOf(text[index]) is { } letter && (IsOfWord(text, index - 1) || IsOfWord(text, index + 1)))
            {
                (read ??= text.ToCharArray())[index] = letter;
            }
        }

        return read is null ? null : new(read);
    }

    private static bool IsOfWord(string text, int index) => index >= 0 && index < text.Length && (char.IsLetter(text[index]) || (LetterOf(text[index]) is not null && char.IsDigit(text[index])));

    private static char? LetterOf(char character) => character switch
    {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => null,
    };
}
