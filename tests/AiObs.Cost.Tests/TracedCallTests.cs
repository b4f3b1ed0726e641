using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests;

/// <summary>Calls that the application traces itself give way to what is observed inside of them.</summary>
public sealed class TracedCallTests
{
    [Fact]
    public async Task Traced_CallOfAnObservedClient_IsPaidForOnce()
    {
        using var costs = new CostFixture();
        var rounds = new ToolRounds(1);
        var client = rounds.Model.UseAgentObservability(costs.Root);
        ChatMessage[] messages = [new(ChatRole.User, "Hi")];
        var token = TestContext.Current.CancellationToken;

        await costs.Root.Tracer.TraceLlmAsync("stub-model", new() { Messages = messages }, _ => client.GetResponseAsync(messages, cancellationToken: token), token);

        Assert.Equal(rounds.Total, Assert.Single(costs.Records).Total);
        Assert.Single(costs.Spans.Spans, static span => span.GetTagItem("gen_ai.usage.input_tokens") is not null);
        Assert.Contains("TraceLlmAsync", Assert.Single(costs.Logs.GetSnapshot(), static log => log.Id.Name == "TracedAroundObserved").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Traced_CallThatSaysWhatItUsed_LeavesThatToTheObservedOne()
    {
        using var costs = new CostFixture();
        var rounds = new ToolRounds(1);
        var client = rounds.Model.UseAgentObservability(costs.Root);
        ChatMessage[] messages = [new(ChatRole.User, "Hi")];
        var token = TestContext.Current.CancellationToken;

        await costs.Root.Tracer.TraceLlmAsync(
            "stub-model",
            new() { Messages = messages },
            async span =>
            {
                var answer = await client.GetResponseAsync(messages, cancellationToken: token);
                span.SetResult(new() { Usage = new() { InputTokenCount = 1_000_000 }, Cost = 5 });
                return answer;
            },
            token);

        Assert.Equal(rounds.Total, Assert.Single(costs.Records).Total);
        Assert.Equal(rounds.Total, costs.Root.Costs!.Accumulator.Total.Total);
    }

    [Fact]
    public async Task Traced_EmbeddingInside_LeavesTheChatItsTokens()
    {
        using var costs = new CostFixture();
        var generator = new StubEmbeddingGenerator<string, Embedding<float>>(static _ =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>([new(new[] { 1f })]) { Usage = new() { InputTokenCount = 5 } }))
            .UseAgentObservability(costs.Root);
        var rounds = new ToolRounds(1);
        ChatMessage[] messages = [new(ChatRole.User, "Hi")];
        var token = TestContext.Current.CancellationToken;

        await costs.Root.Tracer.TraceLlmAsync(
            "stub-model",
            new() { Messages = messages },
            async _ =>
            {
                await generator.GenerateAsync(["Hi"], cancellationToken: token);
                return await rounds.Model.GetResponseAsync(messages, cancellationToken: token);
            },
            token);

        Assert.Contains(rounds.Total, costs.Records.Select(static record => record.Total));
        Assert.Equal(2, costs.Spans.Spans.Count(static span => span.GetTagItem("gen_ai.usage.input_tokens") is not null));
    }

    [Fact]
    public async Task Traced_CallOfAnUnobservedClient_IsPaidForOnce()
    {
        using var costs = new CostFixture();
        var rounds = new ToolRounds(1);
        ChatMessage[] messages = [new(ChatRole.User, "Hi")];
        var token = TestContext.Current.CancellationToken;

        await costs.Root.Tracer.TraceLlmAsync("stub-model", new() { Messages = messages }, _ => rounds.Model.GetResponseAsync(messages, cancellationToken: token), token);

        Assert.Equal(rounds.Total, Assert.Single(costs.Records).Total);
    }
}
