using System.Text.Json;
using AiObs.TestSupport.Stubs;
using AiObs.Tracing;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Golden;

/// <summary>Faults that what the conventions write once had.</summary>
public sealed class ConventionFaultTests : FaultTest
{
    private const string Chat = "chat";

    [Fact]
    public async Task LatestProfile_CallFails_HasNoFinishReason()
    {
        var client = Script.Model(1, Outcome.Failed, new()).UseAgentObservability(Root(static options => options.GenAIProfile = GenAIProfile.Latest));

        await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync(client));

        Note("finish reasons", string.Join(' ', SpanNamed(Chat).GetTagItem("gen_ai.response.finish_reasons") as string[] ?? []));
        await ApproveAsync("FinishReasonOfFailure");
    }

    [Fact]
    public async Task LargeImage_InTheRequest_HasNoSize()
    {
        await SendAsync(new DataContent(new byte[30_000], "image/png"));

        Note("the part has a size", TextOf(Chat, "gen_ai.input.messages").Contains("\"size\"", StringComparison.Ordinal));
        await ApproveAsync("SizeOfImage");
    }

    [Fact]
    public async Task Instructions_OfTheOptions_StandInTheInputValue()
    {
        await AskAsync(Script.Model(1, Outcome.Answered, new()).UseAgentObservability(Root()), options: new() { Instructions = "Be brief." });

        Note("the input has the instructions", TextOf(Chat, "input.value").Contains("Be brief.", StringComparison.Ordinal));
        await ApproveAsync("InstructionsInInput");
    }

    [Fact]
    public async Task Embedding_WithContent_HasInputAndOutput()
    {
        using var model = new StubEmbeddingGenerator<string, Embedding<float>>(static _ =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>([new(new float[] { 1, 2, 3 })])));

        await model.UseAgentObservability(Root()).GenerateAsync(["a text"], cancellationToken: Token);

        Note("there is an input", TextOf("embeddings", "input.value").Length > 0);
        Note("there is an output", TextOf("embeddings", "output.value").Length > 0);
        await ApproveAsync("EmbeddingValues");
    }

    [Fact]
    public async Task Retriever_WithContent_HasAnOutput()
    {
        using (var span = Root().Tracer.StartRetriever("library", new RetrieverStart { Query = "Rome" }))
        {
            span.SetResult(new RetrieverStop { Documents = [new() { Id = "1", Content = "Rome is sunny.", Score = 0.5 }] });
        }

        Note("there is an output", TextOf(Recorder.Spans[0].DisplayName, "output.value").Length > 0);
        await ApproveAsync("RetrieverOutput");
    }

    [Fact]
    public async Task HostedTool_Declared_HasTheShapeOfConverters()
    {
        await AskAsync(Script.Model(1, Outcome.Answered, new()).UseAgentObservability(Root()), options: new() { Tools = [new HostedWebSearchTool()] });

        using var tool = JsonDocument.Parse(TextOf(Chat, "llm.tools.0.tool.json_schema"));
        Note("type", tool.RootElement.GetProperty("type"));
        Note("function", tool.RootElement.TryGetProperty("function", out var function) ? function.GetProperty("name") : null);
        await ApproveAsync("HostedTool");
    }

    [Fact]
    public async Task ToolDefinitions_ContentOff_HaveTheNames()
    {
        var client = Script.Model(1, Outcome.Answered, new()).UseAgentObservability(Root(static options => options.CaptureContent = ContentCapture.None));

        await AskAsync(client, options: new() { Tools = [AIFunctionFactory.Create(static () => "22", "weather")] });

        Note("the name is there", TextOf(Chat, "gen_ai.tool.definitions").Contains("\"weather\"", StringComparison.Ordinal));
        await ApproveAsync("ToolDefinitionsWithoutContent");
    }

    [Fact]
    public async Task FinishReason_NobodyKnowsIt_IsNotEmpty()
    {
        using var model = StubChatClient.Answering(new(new ChatMessage(ChatRole.Assistant, "Sunny.")));

        await AskAsync(model.UseAgentObservability(Root()));

        Note("an empty reason is there", TextOf(Chat, "gen_ai.output.messages").Contains("\"finish_reason\":\"\"", StringComparison.Ordinal));
        await ApproveAsync("EmptyFinishReason");
    }

    [Fact]
    public async Task Parts_OfAMessage_KeepTheirOrder()
    {
        await SendAsync(new TextContent("first"), new ErrorContent("second"), new TextContent("third"));

        using var messages = JsonDocument.Parse(TextOf(Chat, "gen_ai.input.messages"));
        var parts = messages.RootElement[0].GetProperty("parts").EnumerateArray().Select(static part => part.GetProperty("type").GetString() == "text");
        Note("parts that are texts", string.Join(' ', parts));
        await ApproveAsync("OrderOfParts");
    }

    private async Task SendAsync(params AIContent[] contents)
    {
        using var client = Script.Model(1, Outcome.Answered, new()).UseAgentObservability(Root());

        await client.GetResponseAsync([new ChatMessage(ChatRole.User, [.. contents])], cancellationToken: Token);
    }
}
