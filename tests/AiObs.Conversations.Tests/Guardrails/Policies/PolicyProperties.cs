using AiObs.Conversations.Guardrails.Matching;
using AiObs.Guardrails;

namespace AiObs.Conversations.Tests.Guardrails.Policies;

/// <summary>What holds for each text, tried on random ones of fixed seeds.</summary>
public sealed class PolicyProperties
{
    private const int Runs = 3_000;

    private static readonly string[] Pieces =
    [
        "secret", "secretary", "Secret", "ѕесrеt", "%73ecret", "dGhlIHNlY3JldCBpcyBvdXQ=", "\u200B", "\u200B\u200B\u200B\u200B", "\u00AD", "e\u0301", "\u0301", "\u0336", " ", "\n", ", ", "_", "ß", "密码", "한\u1112\u1161\u11ab", "\U0001F3F4\U000E0067\U000E0062\U000E007F",
        "\uD800", "\uDC00", "ﷺ", "①", "ada@example.com", "4111 1111 1111 1111", "+49 30 1234567", "DE89 3704 0044 0532 0130 00", "192.168.0.1", "1", "-", "a", "%", "%E4%BD", "=", ".", "@", "ORD-123456", "ORD-", "AKIA1234567890ABCDEF", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc",
    ];

    private static readonly IGuardrail[] Guardrails =
    [
        new KeywordGuardrail("secret", "密码", "a secret"), new KeywordGuardrail("secret", "e") { WholeWords = false },
        new PatternGuardrail(new GuardrailPattern("order", @"\bORD-\d{6}\b") { LongestMatch = 10 }, new("digits", @"\d+") { LongestMatch = 4 }), new PersonalDataGuardrail(),
    ];

    [Fact]
    public void Check_AnyText_HasHitsWithinIt()
    {
        IGuardrail[] guardrails = [.. Guardrails, new JailbreakGuardrail { Threshold = 0.3 }];
        foreach (var (text, _) in Texts(Runs, 12))
        {
            foreach (var guardrail in guardrails)
            {
                Assert.All(Verdict.Hits(guardrail, text), hit => Assert.True(hit.Start >= 0 && hit.Length > 0 && hit.Start + hit.Length <= text.Length, $"{guardrail.Name} {hit} {text}"));
            }
        }
    }

    [Fact]
    public void LongestMatch_AnyBeginning_TellsWhatIsAHitInTheWhole()
    {
        foreach (var (text, random) in Texts(Runs, 90))
        {
            foreach (var guardrail in Guardrails)
            {
                var beginning = text[..random.Next(text.Length + 1)];
                var certain = Math.Max(0, beginning.Length - guardrail.LongestMatch!.Value);

                Assert.Equal(Covered(guardrail, text, certain), Covered(guardrail, beginning, certain));
            }
        }
    }

    [Fact]
    public void Keyword_InAnyDisguise_IsFoundWhole()
    {
        foreach (var (_, random) in Texts(Runs, 1))
        {
            var hidden = string.Concat("password".Select(letter => Disguise(letter, random) + new string('\u200B', random.Next(3)) + (random.Next(4) == 0 ? "\u00AD\uFE0F" : "")));
            hidden = hidden.TrimEnd('\u200B', '\u00AD', '\uFE0F');
            var hit = Assert.Single(Verdict.Hits(new KeywordGuardrail("password"), $"the {hidden} is"));

            Assert.Equal((4, hidden.Length), (hit.Start, hit.Length));
        }
    }

    [Fact]
    public void Fold_IsTheSameTwice()
    {
        foreach (var (text, _) in Texts(Runs, 12))
        {
            var folded = TextNormalizer.Fold(text);

            Assert.Equal(folded, TextNormalizer.Fold(folded));
        }
    }

    private static string Disguise(char letter, Random random) => (letter, random.Next(6)) switch
    {
        (_, 0) => char.ToUpperInvariant(letter).ToString(),
        (_, 1) => ((char)(letter - 'a' + 'ａ')).ToString(),
        (_, 2) => $"{letter}\u0301\u0336",
        (_, 3) => char.ConvertFromUtf32(0x1D41A + letter - 'a'),
        ('a', 4) => "\u0430",
        ('p', 4) => "\u0440",
        ('s', 4) => "\u0455",
        ('o', 4) => "\u03BF",
        _ => letter.ToString(),
    };

    internal static IEnumerable<(string Text, Random Random)> Texts(int count, int mostPieces)
    {
        for (var seed = 0; seed < count; seed++)
        {
            var random = new Random(seed);
            yield return (string.Concat(Enumerable.Range(0, random.Next(1, mostPieces + 1)).Select(_ => Pieces[random.Next(Pieces.Length)])), random);
        }
    }

    private static string Covered(IGuardrail guardrail, string text, int length)
    {
        var covered = text[..length].ToCharArray();
        foreach (var hit in Verdict.Hits(guardrail, text))
        {
            for (var index = hit.Start; index < Math.Min(length, hit.Start + hit.Length); index++)
            {
                covered[index] = '#';
            }
        }

        return new(covered);
    }
}
