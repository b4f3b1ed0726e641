using System.Text;
using AiObs.Privacy.Redaction;

namespace AiObs.Tests.Privacy.Redaction;

/// <summary>
/// Long texts that make careless patterns read everything again from each position. The patterns' time limit turns that into an
/// exception, so that coming back at all is the assertion.
/// </summary>
public sealed class HostileTextTests
{
    // Long enough for a pattern that reads all of it from each position to run for minutes.
    private const int Length = 200_000;

    public static TheoryData<string> Pieces =>
    [
        "-", "+", "(", ":", "/", "%", "_", "f", "a@", "a.", "@a", "a@a.", "1.", "1 ", "1-", "+1", "(0", "01 ", "12:", "::", "2001:", "fe80::",
        "eyJ", "eyJ.", "eyJ-", " eyJ", "sk-", " sk-", "AB12", "AB12 ", "4 ", "4111 ", "Bearer ", "api_key=", "?key=", "version ",
        "-----BEGIN PRIVATE KEY-----", "\\n", "\ud83d\ude00",
    ];

    [Theory]
    [InlineData('a')]
    [InlineData('@')]
    [InlineData('1')]
    [InlineData('.')]
    public void Apply_OneCharacterRepeated_StaysAsItIs(char character)
    {
        var text = new string(character, Length);

        Assert.Equal(text, Redacted.ByAll(text));
    }

    [Theory]
    [MemberData(nameof(Pieces))]
    public void Apply_PieceRepeated_ComesBack(string piece)
    {
        var text = new StringBuilder().Insert(0, piece, Length / piece.Length).ToString();

        var redacted = BuiltInRules.For(RedactionRules.All).Select(rule => rule.Apply(text, new RedactionRun(TimeSpan.FromHours(1))));

        Assert.All(redacted, Assert.NotEmpty);
    }

    [Fact]
    public void Apply_SecretBehindLongText_IsReplaced() =>
        Assert.EndsWith("a [EMAIL]", Redacted.ByAll($"{new string('a', Length)} ada@example.com"), StringComparison.Ordinal);
}
