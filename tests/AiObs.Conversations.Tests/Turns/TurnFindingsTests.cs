using AiObs.Guardrails;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Conversations.Tests.Turns;

/// <summary>The result of a turn has what guardrails found and what was spent, wherever in the client that was.</summary>
public sealed class TurnFindingsTests
{
    private static readonly AIFunction Pay = AIFunctionFactory.Create(static () => "paid", "pay");
    private static readonly AIFunction Look = AIFunctionFactory.Create(static () => "mail ada@example.com", "look");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Findings_OfTheWholeClient_AreInTheResultAndStored(bool isStreaming)
    {
        await using var scene = new TurnScene();
        Script(scene.Model, [new FunctionCallContent("1", "pay")], [new FunctionCallContent("2", "look")], [new TextContent("Write to ada@example.com.")]);
        var mail = new PersonalDataGuardrail { Rules = RedactionRules.Email };
        var client = scene.Model.AsBuilder()
            .UseFunctionInvocation()
            .UseGuardrails(
                new GuardrailRule(new ToolGuardrail { Denied = ["pay"] }, GuardrailMode.Block),
                new GuardrailRule(mail, GuardrailMode.Redact) { Stages = GuardrailStages.ToolResult })
            .Build();
        var options = new TurnOptions
        {
            Client = client,
            ChatOptions = new() { Tools = [Pay, Look] },
            Guardrails = [new(new KeywordGuardrail("hello"), GuardrailMode.Warn), new(mail, GuardrailMode.Redact) { Stages = GuardrailStages.Output }],
        };

        var result = await scene.AskAsync(isStreaming, "Hello, pay.", "t-1", options);

        Assert.Equal("Write to [PERSONAL_DATA].", result.Response.Messages[^1].Text);
        string[] expected =
        [
            "keyword Warn Input a word of the list  ",
            "tool Block ToolCall the tool is denied pay 1",
            "personal_data Redact ToolResult email look 2",
            "personal_data Redact Output email  ",
        ];
        Assert.Equal(expected, result.Findings.Select(static finding => $"{finding.Policy} {finding.Mode} {finding.Stage} {finding.Reason} {finding.Tool} {finding.CallId}"));
        var replay = await scene.AskAsync(isStreaming, "Hello, pay.", "t-1", options);
        Assert.True(replay.IsReplay);
        Assert.Equal(expected, replay.Findings.Select(static finding => $"{finding.Policy} {finding.Mode} {finding.Stage} {finding.Reason} {finding.Tool} {finding.CallId}"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Refused_AfterARefusedTool_IsRefusedForTheOutputAgain(bool isStreaming)
    {
        await using var scene = new TurnScene();
        Script(scene.Model, [new FunctionCallContent("1", "pay")], [new TextContent("The secret.")]);
        var options = new TurnOptions
        {
            Client = scene.Model.AsBuilder().UseFunctionInvocation().UseGuardrails(new GuardrailRule(new ToolGuardrail { Denied = ["pay"] }, GuardrailMode.Block)).Build(),
            ChatOptions = new() { Tools = [Pay] },
            Guardrails = [new(new KeywordGuardrail("secret"), GuardrailMode.Block) { Stages = GuardrailStages.Output }],
        };

        for (var attempt = 0; attempt < 2; attempt++)
        {
            var refused = await Assert.ThrowsAsync<GuardrailException>(() => scene.AskAsync(isStreaming, "Pay.", "t-1", options));
            Assert.Equal(("keyword", GuardrailStages.Output), (refused.Finding.Policy, refused.Finding.Stage));
        }

        Assert.Equal(["tool", "keyword"], (await scene.TurnAsync("t-1")).Findings.Select(static finding => finding.Policy));
    }

    [Fact]
    public async Task Findings_OfAnotherTurnAtTheSameTime_AreApart()
    {
        await using var scene = new TurnScene();
        scene.Answering("Fine.");
        var options = scene.Options with { Guardrails = [new(new KeywordGuardrail("hello"), GuardrailMode.Warn)] };

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => scene.Conversations.ConverseAsync($"c-{number}", number % 2 == 0 ? "Hello." : "Bye.", options, Token)));

        Assert.Equal([1, 0, 1, 0, 1, 0, 1, 0], results.Select(static result => result.Findings.Count));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Costs_OfAllCallsOfTheTurn_AreInTheResult(bool isStreaming)
    {
        await using var scene = new TurnScene(observe: static builder => builder.AddCostTracking());
        Script(scene.Model, [new FunctionCallContent("1", "pay")], [new TextContent("Paid.")]);
        scene.Model.Metadata = new("openai", new Uri("https://api.openai.com/v1"), "gpt-4o-mini");
        var judge = StubChatClient.Answering(new(new ChatMessage(ChatRole.Assistant, "{\"score\": 0}")) { Usage = new() { InputTokenCount = 100, OutputTokenCount = 5 } });
        judge.Metadata = scene.Model.Metadata;
        var options = new TurnOptions
        {
            Client = scene.Model.AsBuilder().UseFunctionInvocation().UseAgentObservability(scene.Scene.Root).Build(),
            ChatOptions = new() { Tools = [Pay] },
            Guardrails = [new(new JudgeGuardrail(judge.AsBuilder().UseAgentObservability(scene.Scene.Root).Build(), "Is it rude?"), GuardrailMode.Block) { Stages = GuardrailStages.Input }],
        };

        var result = await scene.AskAsync(isStreaming, "Pay.", "t-1", options);

        Assert.Equal(
            [(0.000018m, "aiobs.purpose=guardrail"), (0.000021m, ""), (0.000021m, "")], result.Costs.Select(static record => (record.Total, string.Join(' ', record.Tags))));
        Assert.All(result.Costs, static record => Assert.Equal("t-1", record.Metadata!["turn_id"]));
        Assert.Empty((await scene.AskAsync(isStreaming, "Pay.", "t-1", options)).Costs);
    }

    [Fact]
    public async Task Costs_WithoutTracking_AreNone()
    {
        await using var scene = new TurnScene();

        Assert.Empty((await scene.Answering("Fine.").AskAsync("Hello.")).Costs);
    }

    /// <summary>Answers with these contents, one call after the other, each at 100 tokens in and 10 out.</summary>
    private static void Script(StubChatClient model, params AIContent[][] answers)
    {
        model.OnResponse = _ => Task.FromResult(Updates().ToChatResponse());
        model.OnStream = _ => new StubUpdates(Updates());

        ChatResponseUpdate[] Updates()
        {
            var number = model.Calls.Count - 1;
            return
            [
                new(ChatRole.Assistant, answers[number]) { ResponseId = $"r-{number}", MessageId = $"m-{number}", ModelId = "gpt-4o-mini" },
                new(ChatRole.Assistant, [new UsageContent(new() { InputTokenCount = 100, OutputTokenCount = 10, TotalTokenCount = 110 })]) { ResponseId = $"r-{number}", MessageId = $"m-{number}", ModelId = "gpt-4o-mini" },
            ];
        }
    }
}
