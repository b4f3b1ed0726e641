using FakeModelServer;
using Microsoft.Extensions.AI;
using OllamaSharp;

namespace AiObs.Libraries.Tests.Ollama;

/// <summary>Chat and embeddings of Ollama, in an agent and by themselves.</summary>
public sealed class OllamaTests : LibraryTest
{
    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task Chat_InAnAgent_IsAsApproved(CallStyle style, ContentMode content)
    {
        await using var run = new LibraryRun(content);
        var server = await run.ServeAsync(Weather.Replies);
        using var agent = ((IChatClient)new OllamaApiClient(server.BaseAddress, "llama3.2")).AsBuilder()
            .UseAgent("weather-assistant", run.Root)
            .UseFunctionInvocation()
            .UseAgentObservability(run.Root)
            .Build();

        await run.RecordAsync(async () =>
        {
            var answer = await AskAsync(agent, style, new() { Tools = [Weather.Tool], Temperature = 0.5f });

            // The client makes up ids, as the service has none.
            run.Show(answer.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Single().CallId, "call_1");
            return answer;
        });

        await run.ApproveAsync($"Chat.{style}.{content}");
    }

    [Theory]
    [InlineData(CallStyle.Plain)]
    [InlineData(CallStyle.Streamed)]
    public async Task Chat_ModelIsUnknown_IsAsApproved(CallStyle style)
    {
        await using var run = new LibraryRun(ContentMode.On);
        var server = await run.ServeAsync(ModelReply.Fail(404));
        using var client = ((IChatClient)new OllamaApiClient(server.BaseAddress, "llama3.2")).UseAgentObservability(run.Root);

        await run.RecordAsync(() => AskAsync(client, style));

        await run.ApproveAsync($"Refused.{style}");
    }

    [Theory]
    [InlineData(ContentMode.Off)]
    [InlineData(ContentMode.On)]
    public async Task Embeddings_OfTwoTexts_AreAsApproved(ContentMode content)
    {
        await using var run = new LibraryRun(content);
        var server = await run.ServeAsync(new ModelReply { Embeddings = [[0.5f, 0.25f], [1, 0]], Usage = new() { InputTokens = 12 } });
        using var generator = ((IEmbeddingGenerator<string, Embedding<float>>)new OllamaApiClient(server.BaseAddress, "all-minilm"))
            .UseAgentObservability(run.Root);

        await run.RecordAsync(() => generator.GenerateAsync([Weather.Question, "Rome"], cancellationToken: Token));

        await run.ApproveAsync($"Embeddings.{content}");
    }
}
