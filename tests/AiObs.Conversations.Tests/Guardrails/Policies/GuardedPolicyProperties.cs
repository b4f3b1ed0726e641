using AiObs.Guardrails;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Guardrails.Policies;

/// <summary>However a text is cut into updates, a stream behind the guardrails that come with it shows what the plain call answers, and no byte of a hit.</summary>
public sealed class GuardedPolicyProperties
{
    private const int Runs = 1_000;

    private static readonly IGuardrail[] Guardrails =
    [
        new KeywordGuardrail("secret", "密码", "a secret"), new KeywordGuardrail("secret", "e") { WholeWords = false },
        new PatternGuardrail(new GuardrailPattern("order", @"\bORD-\d{6}\b") { LongestMatch = 10 }, new("digits", @"\d+") { LongestMatch = 4 }), new PersonalDataGuardrail(),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Redact_AnySplit_ShowsWhatThePlainCallAnswers()
    {
        foreach (var (text, random) in PolicyProperties.Texts(Runs, 60))
        {
            IGuardrail[] guardrails = [Guardrails[random.Next(Guardrails.Length)], .. random.Next(2) == 0 ? Array.Empty<IGuardrail>() : [Guardrails[random.Next(Guardrails.Length)]]];
            var rules = guardrails.Distinct().Select(static guardrail => new GuardrailRule(guardrail, GuardrailMode.Redact)).ToArray();
            var plain = await Client(text, random, rules).GetResponseAsync("Go.", cancellationToken: Token);

            Assert.Equal(plain.Text, await ShownAsync(Client(text, random, rules)));
        }
    }

    [Fact]
    public async Task Block_AnySplit_ShowsNoByteOfAHit()
    {
        foreach (var (text, random) in PolicyProperties.Texts(Runs, 60))
        {
            var guardrail = Guardrails[random.Next(Guardrails.Length)];
            var hits = Verdict.Hits(guardrail, text);
            var allowed = hits.Count == 0 ? text : text[..hits.Min(static hit => hit.Start)];

            var shown = await ShownAsync(Client(text, random, new GuardrailRule(guardrail, GuardrailMode.Block)));

            Assert.True(hits.Count == 0 ? shown == text : allowed.StartsWith(shown, StringComparison.Ordinal), $"{guardrail.Name} shows {shown} of {text}");
        }
    }

    private static IChatClient Client(string text, Random random, params GuardrailRule[] rules) => new StubChatClient
    {
        OnResponse = _ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, text))),
        OnStream = _ => new StubUpdates([.. Cut(text, random).Select(static part => new ChatResponseUpdate(ChatRole.Assistant, part))]),
    }.AsBuilder().UseGuardrails(rules).Build();

    private static IEnumerable<string> Cut(string text, Random random)
    {
        var most = random.Next(1, 40);
        for (var start = 0; start < text.Length;)
        {
            var length = Math.Min(random.Next(1, most + 1), text.Length - start);
            yield return text.Substring(start, length);
            start += length;
        }
    }

    /// <summary>Reads what a stream shows, up to where it is refused.</summary>
    private static async Task<string> ShownAsync(IChatClient client)
    {
        var shown = "";
        try
        {
            await foreach (var update in client.GetStreamingResponseAsync("Go.", cancellationToken: Token))
            {
                shown += update.Text;
            }
        }
        catch (GuardrailException)
        {
            // What was shown before is what counts.
        }

        return shown;
    }
}
