using AiObs.Guardrails;
using AiObs.Store;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Turns;

public sealed class TurnGuardrailTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Input_Refused_IsKeptAndNeverSent(bool isStreaming, bool keeps)
    {
        await using var scene = new TurnScene(static options => options.Guardrails.Add(new(new WordGuardrail("secret"), GuardrailMode.Block))).Answering("Hi.");
        var options = scene.Options with { KeepsRefused = keeps };

        var refused = await Assert.ThrowsAsync<GuardrailException>(() => scene.AskAsync(isStreaming, "my secret", "t-1", options));
        var again = await Assert.ThrowsAsync<GuardrailException>(() => scene.AskAsync(isStreaming, "my secret", "t-1", options));
        await scene.AskAsync(isStreaming, "Hello", "t-2", options);

        Assert.Equal(("word", "word"), (refused.Finding.Policy, again.Finding.Policy));
        Assert.Equal(["u:Hello"], scene.Sent(0));
        Assert.Equal(keeps ? ["u:my secret (Refused)", "u:Hello", "a:Hi."] : ["u:Hello", "a:Hi."], await scene.RowsAsync());
        var turn = await scene.TurnAsync("t-1");
        Assert.Equal((TurnState.Refused, "AiObs.Guardrails.GuardrailException"), (turn.State, turn.ErrorType));
        Assert.Equal(("word", "block", "input", 1), (turn.Findings[0].Policy, turn.Findings[0].Mode, turn.Findings[0].Stage, turn.Findings[0].Hits));
        string[] expected = keeps
            ? ["policy_violation", "conversation_created", "message_rejected", "turn_failed", "message_sent", "memory_trimmed", "message_sent", "turn_completed"]
            : ["policy_violation", "conversation_created", "turn_failed", "message_sent", "message_sent", "turn_completed"];
        Assert.Equal(expected, await scene.EventTypesAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Input_Redacted_IsSentAndStoredSo(bool isStreaming)
    {
        await using var scene = new TurnScene().Answering("Hi.");

        var result = await scene.AskAsync(isStreaming, "my secret", options: scene.Options with { Guardrails = [new(new WordGuardrail("secret"), GuardrailMode.Redact)] });

        Assert.Equal(["u:my [WORD]"], scene.Sent(0));
        Assert.Equal(["u:my [WORD]", "a:Hi."], await scene.RowsAsync());
        Assert.Equal(GuardrailMode.Redact, Assert.Single(result.Findings).Mode);
        Assert.Equal("redact", Assert.Single((await scene.TurnAsync(result.TurnId)).Findings).Mode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Output_Refused_IsShownToNobody(bool isStreaming)
    {
        await using var scene = new TurnScene(static options => options.Guardrails.Add(new(new WordGuardrail("secret") { Stages = GuardrailStages.Output }, GuardrailMode.Block))).Answering("my secret", "Hi.");
        List<string> shown = [];

        var exception = await Record.ExceptionAsync(async () =>
        {
            if (!isStreaming)
            {
                await scene.AskAsync("Hello", "t-1");
            }

            await foreach (var update in scene.Conversations.ConverseStreamingAsync(scene.Request("Hello", "t-1"), Token))
            {
                shown.Add(update.Text);
            }
        });

        Assert.IsType<GuardrailException>(exception);
        Assert.DoesNotContain("secret", string.Concat(shown), StringComparison.Ordinal);
        Assert.Equal(TurnState.Refused, (await scene.TurnAsync("t-1")).State);
        Assert.Equal("output", Assert.Single((await scene.TurnAsync("t-1")).Findings).Stage);

        // Of a stream only what was shown is known, which is nothing.
        Assert.Equal(!isStreaming, (await scene.EventTypesAsync()).Contains("message_rejected"));
        Assert.Equal(isStreaming ? ["u:Hello"] : ["u:Hello", "a:my secret (Refused)"], await scene.RowsAsync());
        await scene.AskAsync("And?");
        Assert.DoesNotContain(scene.Sent(1), static text => text.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Output_Redacted_IsShownAndStoredSo(bool isStreaming)
    {
        await using var scene = new TurnScene().Answering("my secret");

        var result = await scene.AskAsync(
            isStreaming, "Hello", options: scene.Options with { Guardrails = [new(new WordGuardrail("secret") { Stages = GuardrailStages.Output }, GuardrailMode.Redact)] });

        Assert.Equal("my [WORD]", result.Text);
        Assert.Equal(["u:Hello", "a:my [WORD]"], await scene.RowsAsync());
        Assert.Equal("my [WORD]", (await scene.AskAsync("Hello", result.TurnId)).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Output_ThatIsWarnedOf_IsShownAndFound(bool isStreaming)
    {
        await using var scene = new TurnScene().Answering("my secret");

        var result = await scene.AskAsync(isStreaming, "Hello", options: scene.Options with { Guardrails = [new(new WordGuardrail("secret") { Stages = GuardrailStages.Output }, GuardrailMode.Warn)] });

        Assert.Equal(("my secret", GuardrailMode.Warn), (result.Text, Assert.Single(result.Findings).Mode));
        Assert.Equal("warn", Assert.Single((await scene.TurnAsync(result.TurnId)).Findings).Mode);
    }

    [Fact]
    public async Task ToolRules_WithoutAGuardInsideOfTheLoop_AreRefusedBeforeAnythingIsStored()
    {
        await using var scene = new TurnScene().Answering("Hi.");
        var rule = new GuardrailRule(new WordGuardrail("secret") { Stages = GuardrailStages.All }, GuardrailMode.Block);
        using var unguarded = scene.Model.AsBuilder().UseFunctionInvocation().Build();
        using var guarded = scene.Model.AsBuilder().UseFunctionInvocation().UseGuardrails(rule).Build();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(async () => await scene.AskAsync("Hello", options: new() { Client = unguarded, Guardrails = [rule] }));

        Assert.Contains("UseConversations(), UseFunctionInvocation(), UseGuardrails()", exception.Message, StringComparison.Ordinal);
        Assert.False(await scene.Conversations.ExistsAsync(TurnScene.Id, Token));
        Assert.Equal("Hi.", (await scene.AskAsync("Hello", options: new() { Client = guarded, Guardrails = [rule] })).Text);
        Assert.Equal("Hi.", (await scene.AskAsync("Hello", options: scene.Options with { Guardrails = [rule] })).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ToolResult_Redacted_IsStoredSo_AndToldOnce(bool isStreaming)
    {
        await using var scene = new TurnScene();
        var rule = new GuardrailRule(new WordGuardrail("secret") { Stages = GuardrailStages.ToolResult }, GuardrailMode.Redact);
        var tool = AIFunctionFactory.Create(static () => "a secret", "look");
        scene.Model.OnResponse = _ => Task.FromResult(Answer(scene.Model.Calls.Count));
        scene.Model.OnStream = _ => new StubUpdates(Answer(scene.Model.Calls.Count).ToChatResponseUpdates());
        using var client = scene.Model.AsBuilder().UseFunctionInvocation().Use(inner => inner.UseGuardrails(scene.Scene.Root, options => options.Guardrails.Add(rule))).Build();

        await scene.AskAsync(isStreaming, "Look", options: new() { Client = client, Guardrails = [rule], ChatOptions = new() { Tools = [tool] } });

        var rows = await scene.Conversations.ReadMessagesAsync(TurnScene.Id, Token).ToArrayAsync(Token);
        Assert.Equal("a [WORD]", rows[2].ToMessage().Contents.OfType<FunctionResultContent>().Single().Result?.ToString());
        Assert.Single(await scene.EventTypesAsync(), "policy_violation");

        static ChatResponse Answer(int call) => call == 1
            ? new(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("call-1", "look")]) { MessageId = "m-1" })
            : new(new ChatMessage(ChatRole.Assistant, "Seen.") { MessageId = "m-2" });
    }

    private sealed class WordGuardrail(string word) : IGuardrail
    {
        public string Name => "word";

        public GuardrailStages Stages { get; init; } = GuardrailStages.Input | GuardrailStages.Output;

        public bool CanRedact => true;

        public int? LongestMatch => word.Length;

        public ValueTask<GuardrailVerdict> CheckAsync(GuardrailRequest request, CancellationToken cancellationToken) => new(new GuardrailVerdict(
            [.. request.Texts.Index().Where(text => text.Item.Value.Contains(word, StringComparison.Ordinal))
                .Select(text => new GuardrailHit("says it") { Text = text.Index, Start = text.Item.Value.IndexOf(word, StringComparison.Ordinal), Length = word.Length })]));
    }
}
