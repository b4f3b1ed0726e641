using AiObs.TestSupport;
using Amazon.Runtime;
using FakeModelServer;
using Microsoft.Extensions.AI;

namespace AiObs.Libraries.Tests.Failures;

/// <summary>What spans say of calls that a provider refused: the status, whichever SDK has put it in an exception of its own.</summary>
public sealed class ProviderErrorTests : LibraryTest
{
    public static MatrixTheoryData<string, int, CallStyle> Refusals => new(
        ["OpenAI chat", "OpenAI responses", "Azure OpenAI", "Azure Inference", "Anthropic", "Ollama"], [401, 429, 500], [CallStyle.Plain, CallStyle.Streamed]);

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task ErrorType_OfACallThatWasRefused_IsTheStatus(string sdk, int status, CallStyle style)
    {
        await using var server = await FakeServer.StartAsync(cancellationToken: Token);
        server.Enqueue(ModelReply.Fail(status));
        using var root = new ObservedRoot();
        using var client = FailingClients.Connect(sdk, server).UseAgentObservability(root.Root);

        await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(client, style));

        Assert.Equal($"{status}", root.Spans.Only().GetTagItem("error.type"));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task ErrorType_OfAnAnswerOfAws_IsTheStatus()
    {
        using var root = new ObservedRoot();
        using var client = new TestSupport.Stubs.StubChatClient
        {
            OnResponse = static _ => throw new AmazonServiceException("Slow down.") { StatusCode = System.Net.HttpStatusCode.TooManyRequests },
        };

        await Assert.ThrowsAsync<AmazonServiceException>(() => root.AskAsync(client));

        Assert.Equal("429", root.Spans.Only().GetTagItem("error.type"));
    }
}
