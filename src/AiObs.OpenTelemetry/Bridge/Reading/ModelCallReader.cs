using AiObs.Conventions;
using AiObs.OpenTelemetry.Bridge.Content.Guarding;
using AiObs.OpenTelemetry.Bridge.Content.Reading;
using AiObs.Operations;
using AiObs.Pipeline;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Bridge.Reading;

/// <summary>Makes model operations of the spans of other libraries.</summary>
internal sealed class ModelCallReader(OperationPipeline pipeline)
{
    private const string NotAvailable = "N/A";
    private const string AnyTier = "auto";

    private readonly MessageRecorder _messages = new(pipeline.Masker, pipeline.Faults);

    public ChatOperation ReadChat(in ForeignTags tags, ForeignContent? content)
    {
        var name = tags.Text(GenAiAttributes.OperationName);
        var reasons = FinishReasons(tags);
        var endpoint = EndpointReader.Read(tags);
        var chat = new ChatOperation(endpoint, tags.Text(GenAiAttributes.RequestModel), ReadRequest(tags))
        {
            Foreign = new() { GenAIName = name, FinishReasons = reasons },
            IsTextCompletion = name == GenAiOperationNames.TextCompletion,
            IsStreaming = tags.Flag(GenAiAttributes.RequestStream) ?? false,
            ResponseModel = tags.Text(GenAiAttributes.ResponseModel),
            ResponseId = tags.Text(GenAiAttributes.ResponseId),
            Usage = UsageReader.Read(tags, endpoint.Provider),
            TimeToFirstChunk = Time(tags.Number(GenAiAttributes.ResponseTimeToFirstChunk)),
            RequestedServiceTier = tags.Text(GenAiAttributes.OpenAIRequestServiceTier, ForeignScalars.OldRequestServiceTier),
        };
        chat.ServiceTier = tags.Text(GenAiAttributes.OpenAIResponseServiceTier, ForeignScalars.OldResponseServiceTier)
            ?? (chat.RequestedServiceTier == AnyTier ? null : chat.RequestedServiceTier);
        chat.FinishReason = reasons is null ? content?.FinishReason : reasons[0];
        if (content is not null)
        {
            RecordContent(chat, content);
        }
        else if (!pipeline.Masker.HidesTools)
        {
            chat.Tools = ReadToolNames(tags);
        }

        return chat;
    }

    public static EmbeddingOperation ReadEmbeddings(in ForeignTags tags) =>
        new(EndpointReader.Read(tags), tags.Text(GenAiAttributes.RequestModel))
        {
            ResponseModel = tags.Text(GenAiAttributes.ResponseModel),
            Dimensions = tags.Small(GenAiAttributes.EmbeddingsDimensionCount),
            Usage = UsageReader.Read(tags, provider: null),
        };

    /// <summary>Tells the gates what was asked and answered, for an estimate of what was used where the span does not say.</summary>
    public void TellGates(ChatOperation chat, ForeignContent content)
    {
        if (chat.Usage is { Input: not null, Output: not null } || (content.Input is null && content.Instructions is null))
        {
            return;
        }

        pipeline.Adopt(new CallRequest(chat, [.. content.Input ?? []], Options: null, Values: null));
        if (content.Output is not null)
        {
            pipeline.Gates.Note(chat, new ChatResponse([.. content.Output]));
        }
    }

    private ChatRequest ReadRequest(in ForeignTags tags) =>
        pipeline.Masker.HidesInvocationParameters ? RequestReader.ReadHidden(tags) : RequestReader.Read(
            tags, stops => pipeline.Masker.Redact(new(RedactionKind.Parameter) { Key = "stop_sequences" }, stops));

    private void RecordContent(ChatOperation chat, ForeignContent content)
    {
        if (content.Input is not null || content.Instructions is not null)
        {
            IList<ChatMessage> messages = [.. content.Input ?? []];
            chat.CountMessages(messages);
            _messages.RecordOptions(chat, new ChatOptions { Instructions = content.Instructions });
            _messages.RecordRequest(chat, messages);
        }

        if (content.Output is not null)
        {
            _messages.RecordResponse(chat, [.. content.Output], isWhole: true);
        }

        if (content.Tools is not null && !pipeline.Masker.HidesTools)
        {
            chat.Tools = [.. content.Tools.Select(tool => ToolMasker.Mask(pipeline.Masker, chat, tool))];
        }
    }

    /// <summary>Reads which tools were offered, where content is not recorded: names and types are none.</summary>
    private static RecordedTool[]? ReadToolNames(in ForeignTags tags) => tags.Text(GenAiAttributes.ToolDefinitions) is { } json
        && new ForeignJson().Read(json, ToolDefinitionReader.Read) is { } tools
            ? [.. tools.Select(static tool => tool.WithoutContent())]
            : null;

    private static string[]? FinishReasons(in ForeignTags tags)
    {
        var reasons = FinishReasons(tags, GenAiAttributes.ResponseFinishReasons) ?? FinishReasons(tags, ForeignScalars.FinishReason);
        if (reasons is null || Array.TrueForAll(reasons, static reason => reason == NotAvailable))
        {
            return null;
        }

        var plain = Array.ConvertAll(reasons, Content.Reading.FinishReasons.Plain);
        if (tags.Span.GetTagItem(GenAiAttributes.ResponseFinishReasons) is not null && !plain.SequenceEqual(reasons))
        {
            tags.Span.SetTag(GenAiAttributes.ResponseFinishReasons, plain);
        }

        return plain;
    }

    private static string[]? FinishReasons(in ForeignTags tags, string key) =>
        tags.List(key) ?? (tags.Text(key) is { } single && !single.StartsWith('[') ? [single] : null);

    private static TimeSpan? Time(double? seconds) =>
        seconds is >= 0 and < 86_400 and var known ? TimeSpan.FromSeconds(known) : null;
}
