using System.Diagnostics;
using AiObs.Operations;
using AiObs.Tests.Chat;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Conventions;

/// <summary>Exporters keep the first 128 tags, so the order is part of the contract.</summary>
public sealed class TagOrderTests
{
    private const int ExporterLimit = 128;

    /// <summary>What stands between two landmarks is of the same value.</summary>
    private static readonly string[] Landmarks =
    [
        "openinference.span.kind", "llm.system", "llm.provider", "gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model",
        "session.id", "llm.model_name", "llm.finish_reason", "llm.token_count.prompt", "llm.invocation_parameters",
        "gen_ai.conversation.id", "gen_ai.response.model", "gen_ai.usage.input_tokens", "gen_ai.request.temperature", "acme.scalar",
        "gen_ai.system_instructions", "gen_ai.input.messages", "gen_ai.output.messages", "gen_ai.tool.definitions", "acme.content",
        "input.value", "output.value", "llm.output_messages.0.message.role", "llm.input_messages.0.message.role",
        "llm.input_messages.1.message.role", "llm.input_messages.79.message.role", "llm.tools.0.tool.json_schema",
    ];

    [Fact]
    public async Task Tags_OfALongCall_StandInOrderOfValue()
    {
        using var chat = await AskAsync();

        Assert.Equal(Landmarks, chat.Span.TagObjects.Select(static tag => tag.Key).Where(Landmarks.Contains));
    }

    [Fact]
    public async Task Tags_OfALongCall_LoseOnlyFlattenedInputMessagesAndToolsAtTheExportersLimit()
    {
        using var chat = await AskAsync();

        var cut = chat.Span.TagObjects.Skip(ExporterLimit).Select(static tag => tag.Key).ToList();

        Assert.NotEmpty(cut);
        Assert.All(cut, static key => Assert.Matches(@"^llm\.(input_messages|tools)\.\d+\.", key));
    }

    private static async Task<ObservedChat> AskAsync()
    {
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello."))
        {
            ModelId = "m1",
            FinishReason = ChatFinishReason.Stop,
            Usage = new() { InputTokenCount = 1 },
        };
        var chat = new ObservedChat(StubChatClient.Answering(response), o =>
        {
            o.CaptureContent = ContentCapture.Spans;
            o.AddConvention(new AcmeConvention());
        });
        var messages = Enumerable.Range(0, 80).Select(static number => new ChatMessage(ChatRole.User, $"{number}")).ToArray();

        await chat.AskAsync(messages, new()
        {
            ConversationId = "conv1",
            Instructions = "Be brief.",
            Temperature = 1,
            Tools = [AIFunctionFactory.Create(static () => 1, "one")],
        });

        return chat;
    }

    private sealed class AcmeConvention : ISpanConvention
    {
        public void Start(AgentOperation operation, ref TagList tags)
        {
        }

        public void WriteResult(Activity activity, AgentOperation operation) => activity.SetTag("acme.scalar", 1L);

        public void WriteContent(Activity activity, AgentOperation operation) => activity.SetTag("acme.content", "a");
    }
}
