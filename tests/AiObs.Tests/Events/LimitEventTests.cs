using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using AiObs.Tracing;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Events;

public sealed class LimitEventTests
{
    [Theory]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public async Task SlowCallThreshold_DecidesWhatIsSlow(int seconds, bool isSlow)
    {
        await using var root = new EventRoot(b => b.ConfigureEvents(o => o.SlowCallThreshold = TimeSpan.FromSeconds(2)));
        var sink = root.AddSink();
        var client = new StubChatClient
        {
            OnResponse = _ =>
            {
                root.Clock.Advance(TimeSpan.FromSeconds(seconds));
                return Task.FromResult(Calls.Answer);
            },
        };

        await root.AskAsync(client);

        var slow = await root.AllAsync(sink, AgentEventTypes.SlowCall);
        Assert.Equal(isSlow ? [(3000.0, 2000.0)] : [], slow.Select(item => ((double)item.Data["duration_ms"]!, (double)item.Data["threshold"]!)));
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    public async Task ChunkEvents_RaisesOnePerUpdateWithoutContent(bool isOn, int expected)
    {
        await using var root = EventRoot.WithContent(build: b => b.ConfigureEvents(o => o.ChunkEvents = isOn));
        var sink = root.AddSink();

        await root.ReadAsync(new StubChatClient());

        var chunks = await root.AllAsync(sink, AgentEventTypes.ChunkReceived);
        Assert.Equal(Enumerable.Range(0, expected), chunks.Select(item => (int)item.Data["index"]!));
        Assert.All(chunks, item => Assert.Null(item.Content));
    }

    [Fact]
    public async Task ChunkEvents_SayWhatEachUpdateBrought()
    {
        await using var root = new EventRoot(b => b.ConfigureEvents(o => o.ChunkEvents = true));
        var sink = root.AddSink();

        await root.ReadAsync(StubChatClient.Streaming(
            new ChatResponseUpdate(ChatRole.Assistant, "Hello"),
            new ChatResponseUpdate(ChatRole.Assistant, [new TextReasoningContent("hm")]),
            new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("1", "f")]),
            new ChatResponseUpdate(ChatRole.Assistant, [new DataContent(new byte[] { 1 }, "image/png")]),
            new ChatResponseUpdate(ChatRole.Assistant, [new ErrorContent("no")]),
            new ChatResponseUpdate(ChatRole.Assistant, [new AIContent()]),
            new ChatResponseUpdate { FinishReason = ChatFinishReason.Stop },
            new ChatResponseUpdate { Contents = [new UsageContent(new() { InputTokenCount = 1 }), new TextContent("!")] },
            new ChatResponseUpdate { Contents = [new UsageContent(new() { InputTokenCount = 1 })] }));

        Assert.Equal(
            ["text", "reasoning", "tool_call", "data", "error", "other", "empty", "text", "usage"],
            (await root.AllAsync(sink, AgentEventTypes.ChunkReceived)).Select(item => item.Data["chunk_type"]));
    }

    [Fact]
    public async Task SlowCallThreshold_HoldsForToolsAndAgentsToo()
    {
        await using var root = new EventRoot(b => b.ConfigureEvents(o => o.SlowCallThreshold = TimeSpan.FromSeconds(2)));
        var sink = root.AddSink();

        using (root.Root.Tracer.StartAgent("planner", new AgentStart { Input = "x", Id = "a-1" }))
        {
            using (root.Root.Tracer.StartTool("quick", new ToolStart { Arguments = "x" }))
            {
                root.Clock.Advance(TimeSpan.FromSeconds(2));
            }

            using (root.Root.Tracer.StartTool("slow", new ToolStart { Arguments = "x" }))
            {
                root.Clock.Advance(TimeSpan.FromSeconds(3));
            }
        }

        var slow = await root.AllAsync(sink, AgentEventTypes.SlowCall);
        Assert.Equal(2, slow.Count);
        SpanAssert.Attributes(
            new()
            {
                ["operation"] = "execute_tool",
                ["tool"] = "slow",
                ["agent"] = "planner",
                ["outcome"] = "completed",
                ["duration_ms"] = 3000.0,
                ["threshold"] = 2000.0,
            },
            slow[0].Data);
        SpanAssert.Attributes(
            new()
            {
                ["operation"] = "invoke_agent",
                ["agent"] = "planner",
                ["agent_id"] = "a-1",
                ["outcome"] = "completed",
                ["duration_ms"] = 5000.0,
                ["threshold"] = 2000.0,
            },
            slow[1].Data);
    }
}
