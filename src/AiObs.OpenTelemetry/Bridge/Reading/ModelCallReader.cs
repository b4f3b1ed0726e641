using AiObs.Chat;
using AiObs.Conventions.GenAI;
using AiObs.Cost;
using AiObs.Cost.Usage;
using AiObs.OpenTelemetry.Bridge.Content.Guarding;
using AiObs.OpenTelemetry.Bridge.Content.Reading;
using AiObs.Operations;
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
        var chat = new ChatOperation(EndpointReader.Read(tags), tags.Text(GenAiAttributes.RequestModel), ReadRequest(tags))
        {
            Foreign = new() { GenAIName = name, FinishReasons = reasons },
            IsTextCompletion = name == GenAiOperationNames.TextCompletion,
            IsStreaming = tags.Flag(GenAiAttributes.RequestStream) ?? false,
            ResponseModel = tags.Text(GenAiAttributes.ResponseModel),
            ResponseId = tags.Text(GenAiAttributes.ResponseId),
            Usage = UsageReader.Read(tags),
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

        return chat;
    }

    public static EmbeddingOperation ReadEmbeddings(in ForeignTags tags) =>
        new(EndpointReader.Read(tags), tags.Text(GenAiAttributes.RequestModel))
        {
            ResponseModel = tags.Text(GenAiAttributes.ResponseModel),
            Dimensions = tags.Small(GenAiAttributes.EmbeddingsDimensionCount),
            Usage = UsageReader.Read(tags),
        };

    private ChatRequest ReadRequest(in ForeignTags tags) =>
        pipeline.Masker.HidesInvocationParameters ? RequestReader.ReadHidden(tags) : RequestReader.Read(tags);

    private void RecordContent(ChatOperation chat, ForeignContent content)
    {
        if (content.Input is not null || content.Instructions is not null)
        {
            IList<ChatMessage> messages = [.. content.Input ?? []];
            chat.CountMessages(messages);
            _messages.RecordRequest(chat, messages, new ChatOptions { Instructions = content.Instructions });
            Estimate(chat, messages, content);
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

    /// <summary>Leaves what was said to whoever prices the call, where the library did not write what it used.</summary>
    private void Estimate(ChatOperation chat, IList<ChatMessage> messages, ForeignContent content)
    {
        if (chat.Usage is { Input: not null, Output: not null } || CallCosts.Of(pipeline.Costs) is not { } costs)
        {
            return;
        }

        costs.RequestMessages = messages;
        if (content.Output is not null)
        {
            costs.Delivered = TokenEstimator.EstimateOutput(new ChatResponse([.. content.Output]));
        }

        chat.Costs = costs;
    }

    private static string[]? FinishReasons(in ForeignTags tags)
    {
        var reasons = FinishReasons(tags, GenAiAttributes.ResponseFinishReasons) ?? FinishReasons(tags, ForeignScalars.FinishReason);
        return reasons is null || Array.TrueForAll(reasons, static reason => reason == NotAvailable) ? null : reasons;
    }

    private static string[]? FinishReasons(in ForeignTags tags, string key) =>
        tags.List(key) ?? (tags.Text(key) is { } single && !single.StartsWith('[') ? [single] : null);

    private static TimeSpan? Time(double? seconds) =>
        seconds is >= 0 and < 86_400 and var known ? TimeSpan.FromSeconds(known) : null;
}
