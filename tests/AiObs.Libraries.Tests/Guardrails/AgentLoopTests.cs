using AiObs.TestSupport.Stubs;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace AiObs.Libraries.Tests.Guardrails;

/// <summary>Refused calls inside of the loop that Agent Framework puts around a client.</summary>
public sealed class AgentLoopTests : LibraryTest
{
    private readonly List<string> _runs = [];
    private readonly List<string> _seen = [];

    public static TheoryData<string, int, int> Patterns => RefusingGuardrail.Patterns;

    [Theory]
    [MemberData(nameof(Patterns))]
    public Task Plain_RunsWhatIsAllowedAlone(string pattern, int runs, int asks) => AssertAsync(pattern, runs, asks, CallStyle.Plain, keepsHistory: false);

    [Theory]
    [MemberData(nameof(Patterns))]
    public Task Streamed_RunsWhatIsAllowedAlone(string pattern, int runs, int asks) => AssertAsync(pattern, runs, asks, CallStyle.Streamed, keepsHistory: false);

    [Theory]
    [MemberData(nameof(Patterns))]
    public Task PlainWithAServiceThatKeepsHistory_RunsWhatIsAllowedAlone(string pattern, int runs, int asks) => AssertAsync(pattern, runs, asks, CallStyle.Plain, keepsHistory: true);

    [Theory]
    [MemberData(nameof(Patterns))]
    public Task StreamedWithAServiceThatKeepsHistory_RunsWhatIsAllowedAlone(string pattern, int runs, int asks) => AssertAsync(pattern, runs, asks, CallStyle.Streamed, keepsHistory: true);

    [Theory]
    [MemberData(nameof(Patterns))]
    public Task PlainWithHistoryKeptPerCall_RunsWhatIsAllowedAlone(string pattern, int runs, int asks) => AssertAsync(pattern, runs, asks, CallStyle.Plain, keepsHistory: false, isPerCall: true);

    [Theory]
    [MemberData(nameof(Patterns))]
    public Task StreamedWithHistoryKeptPerCall_RunsWhatIsAllowedAlone(string pattern, int runs, int asks) => AssertAsync(pattern, runs, asks, CallStyle.Streamed, keepsHistory: false, isPerCall: true);

    [Theory]
    [InlineData(CallStyle.Plain, true)]
    [InlineData(CallStyle.Plain, false)]
    [InlineData(CallStyle.Streamed, true)]
    [InlineData(CallStyle.Streamed, false)]
    public async Task ApprovalBesideARefusedCall_OverASerializedSession(CallStyle style, bool isApproved)
    {
        var model = new StrictModel("bad#a pay#b", "=Done.");
        var pay = new ApprovalRequiredAIFunction(Named("pay"));
        var agent = Agent(model, isPerCall: false, pay);
        var session = await agent.CreateSessionAsync(Token);
        var asked = await RunAsync(agent, session, style, new ChatMessage(ChatRole.User, "Go."));
        var request = Assert.Single(asked.Messages.SelectMany(static message => message.Contents).OfType<ToolApprovalRequestContent>());

        var again = Agent(model, isPerCall: false, pay);
        var restored = await again.DeserializeSessionAsync(await agent.SerializeSessionAsync(session, cancellationToken: Token), cancellationToken: Token);
        var answer = await RunAsync(again, restored, style, new ChatMessage(ChatRole.User, [request.CreateResponse(isApproved)]));

        Assert.Equal("Done.", answer.Messages[^1].Text);
        Assert.Equal(isApproved ? ["pay"] : [], _runs);
    }

    private async Task AssertAsync(string pattern, int runs, int asks, CallStyle style, bool keepsHistory, bool isPerCall = false)
    {
        var model = new StrictModel(pattern.Split('|')) { KeepsHistory = keepsHistory };
        var agent = Agent(model, isPerCall).AsBuilder().Use(async (_, context, next, token) =>
        {
            _seen.Add(context.Function.Name);
            return await next(context, token);
        }).Build();
        var session = await agent.CreateSessionAsync(Token);

        var response = await RunAsync(agent, session, style, new ChatMessage(ChatRole.User, "Go."));

        Assert.Equal(pattern == "bad#a" ? "I cannot do this." : "Done.", response.Messages[^1].Text);
        Assert.Equal(Enumerable.Repeat("good", runs), _runs);
        Assert.Equal(Enumerable.Repeat("good", runs), _seen);
        Assert.Equal((asks, asks * 15L), (model.Calls.Count, response.Usage?.TotalTokenCount));
        Assert.Equal("Again.", (await RunAsync(agent, session, style, new ChatMessage(ChatRole.User, "And?"))).Text);
    }

    private ChatClientAgent Agent(StrictModel model, bool isPerCall, params AITool[] tools) => new(
        model.AsBuilder().UseGuardrails(RefusingGuardrail.Rule).Build(),
        new ChatClientAgentOptions { Name = "helper", ChatOptions = new() { Tools = [Named("good"), Named("bad"), .. tools] }, RequirePerServiceCallChatHistoryPersistence = isPerCall });

    private static Task<AgentResponse> RunAsync(AIAgent agent, AgentSession session, CallStyle style, ChatMessage message) => style == CallStyle.Plain
        ? agent.RunAsync([message], session, cancellationToken: Token)
        : agent.RunStreamingAsync([message], session, cancellationToken: Token).ToAgentResponseAsync(Token);

    private AIFunction Named(string name) => AIFunctionFactory.Create(
        (string city) =>
        {
            _runs.Add(name);
            return $"{name} {city}";
        },
        name);
}
