using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AiObs.Guardrails;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Guardrails;

/// <summary>However a text is cut into updates, the guarded stream shows what the guarded call answers, and never more on the way there.</summary>
public sealed class GuardedStreamProperties
{
    /// <summary>Matches that grow, that hang on what stands behind them, that overlap, and that the marks of others make.</summary>
    private static readonly (string Pattern, int Longest)[] Patterns = [("ab{1,3}c?", 5), (@"\bab\b", 2), ("aa", 2), (@"\[X", 2), ("b a", 3), ("[abc]{4}", 4)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangGuard.Milliseconds)]
    public Task Redact_AnySplit_ShowsWhatThePlainCallAnswers() => Task.Run(() => CheckAll(repeats: 1, cases: 300), Token);

    [Fact(Timeout = HangGuard.Milliseconds)]
    public Task Redact_LongTexts_ShowsWhatThePlainCallAnswers() => Task.Run(() => CheckAll(repeats: 60, cases: 15), Token);

    [Fact(Timeout = HangGuard.Milliseconds)]
    public Task Block_AnySplit_ShowsNoByteOfAHit() => Task.Run(
        () => Fuzz.Check(
            from seed in Gen.Choose(0, int.MaxValue)
            from rule in Gen.Choose(0, Patterns.Length - 1)
            select (seed, rule),
            static drawn =>
            {
                var updates = UpdatesOf(new Random(drawn.seed), repeats: 1);
                var (pattern, _) = Patterns[drawn.rule];
                var hits = new List<string>();
                foreach (var message in updates.ToChatResponse().Messages)
                {
                    hits.Add(Regex.Match(TextOf<TextContent>(message), pattern) is { Success: true } match ? TextOf<TextContent>(message)[..match.Index] : TextOf<TextContent>(message));
                }

                var shown = new List<ChatResponseUpdate>();
                var plain = Record.Exception(() => Client(updates, GuardrailMode.Block, drawn.rule).GetResponseAsync("Go.", cancellationToken: Token).GetAwaiter().GetResult());
                var streamed = Record.Exception(() => ReadAsync(Client(updates, GuardrailMode.Block, drawn.rule), shown).GetAwaiter().GetResult());

                Assert.Equal(plain?.GetType(), streamed?.GetType());
                foreach (var (message, allowed) in shown.ToChatResponse().Messages.Zip(hits))
                {
                    Assert.StartsWith(TextOf<TextContent>(message), allowed, StringComparison.Ordinal);
                }
            },
            cases: 300),
        Token);

    private static void CheckAll(int repeats, int cases) => Fuzz.Check(
        from seed in Gen.Choose(0, int.MaxValue)
        from rules in Gen.Choose(0, Patterns.Length - 1).ListOf(2)
        select (seed, rules),
        drawn =>
        {
            var updates = UpdatesOf(new Random(drawn.seed), repeats);
            int[] rules = [.. drawn.rules];
            var plain = Client(updates, GuardrailMode.Redact, rules).GetResponseAsync("Go.", cancellationToken: Token).GetAwaiter().GetResult();
            var shown = new List<ChatResponseUpdate>();
            ReadAsync(Client(updates, GuardrailMode.Redact, rules), shown).GetAwaiter().GetResult();

            var expected = plain.Messages.Select(Flatten).ToArray();
            Assert.Equal(expected, shown.ToChatResponse().Messages.Select(Flatten));
            Assert.All(shown, static update => Assert.Null(update.RawRepresentation));
        },
        cases);

    /// <summary>Draws a text of several messages, with reasoning and other contents between, and cuts it anywhere.</summary>
    private static List<ChatResponseUpdate> UpdatesOf(Random random, int repeats)
    {
        List<ChatResponseUpdate> updates = [];
        for (var message = 0; message < random.Next(1, 3); message++)
        {
            var id = message.ToString(CultureInfo.InvariantCulture);
            var letters = random.Next(3) == 0 ? "a" : "aaabbc [X";
            for (var left = random.Next(1, 30) * repeats; left > 0;)
            {
                List<AIContent> contents = [];
                for (var count = random.Next(1, 4); count > 0; count--)
                {
                    var text = new string([.. Enumerable.Range(0, random.Next(0, random.Next(6) == 0 ? 40 : 5)).Select(_ => letters[random.Next(letters.Length)])]);
                    left -= text.Length + 1;
                    contents.Add(random.Next(8) switch { 0 => new TextReasoningContent(text), 1 => new DataContent("data:,x"), _ => new TextContent(text) });
                }

                updates.Add(new(ChatRole.Assistant, contents) { MessageId = id, RawRepresentation = "raw" });
            }
        }

        return updates;
    }

    private static IChatClient Client(List<ChatResponseUpdate> updates, GuardrailMode mode, params int[] rules) =>
        new StubChatClient { OnResponse = _ => Task.FromResult(updates.ToChatResponse()), OnStream = _ => new StubUpdates([.. updates]) }.AsBuilder()
            .UseGuardrails([.. rules.Select((rule, place) => new GuardrailRule(Matching(Patterns[rule], place == 0 ? "x" : "y"), mode))])
            .Build();

    private static StubGuardrail Matching((string Pattern, int Longest) pattern, string name) => new()
    {
        Name = name,
        Stages = GuardrailStages.Output,
        LongestMatch = pattern.Longest,
        OnCheck = (request, _) => ValueTask.FromResult(new GuardrailVerdict(
            [.. request.Texts.SelectMany((text, index) => Regex.Matches(text.Value, pattern.Pattern).Select(match => new GuardrailHit("a hit") { Text = index, Start = match.Index, Length = match.Length }))])),
    };

    private static async Task ReadAsync(IChatClient client, List<ChatResponseUpdate> shown)
    {
        await foreach (var update in client.GetStreamingResponseAsync("Go.", cancellationToken: Token))
        {
            shown.Add(update);
        }
    }

    private static string TextOf<TContent>(ChatMessage message)
        where TContent : AIContent => string.Concat(message.Contents.OfType<TContent>().Select(static content => content is TextContent text ? text.Text : ((content as TextReasoningContent)?.Text ?? "")));

    /// <summary>Writes a message character by character, so that it does not matter how texts are cut: reasoning after a tilde, and a dot for what is no text.</summary>
    private static string Flatten(ChatMessage message)
    {
        var flat = new StringBuilder();
        foreach (var content in message.Contents)
        {
            flat.Append(content switch
            {
                TextContent text => text.Text,
                TextReasoningContent reasoning => string.Concat(reasoning.Text.Select(static letter => $"~{letter}")),
                _ => ".",
            });
        }

        return flat.ToString();
    }
}
