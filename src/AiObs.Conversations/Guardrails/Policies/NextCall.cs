using AiObs.Guardrails;
using AiObs.Operations;
using AiObs.Pipeline;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Guardrails.Policies;

/// <summary>Describes the call that a client would make next, as its observer would.</summary>
internal sealed class NextCall
{
    private readonly ModelEndpoint _endpoint;
    private readonly string? _model;

    public NextCall(IChatClient client)
    {
        var metadata = client.GetService<ChatClientMetadata>();
        _endpoint = ModelEndpoint.From(metadata?.ProviderName, metadata?.ProviderUri);
        _model = metadata?.DefaultModelId;
    }

    public CallRequest Of(GuardrailRequest request, OperationPipeline pipeline)
    {
        var conversation = request.Options?.ConversationId;
        var operation = new ChatOperation(_endpoint, request.Options?.ModelId ?? _model, ChatRequest.Default)
        {
            Context = pipeline.ReadContext(ChatRequestReader.IsResponseId(conversation) ? null : conversation),
        };
        if (request.Options?.AdditionalProperties is { } properties)
        {
            operation.ServiceTier = ServiceTierReader.Read(response: null, properties);
            operation.Region = RegionReader.Read(response: null, properties);
            operation.Speed = SpeedReader.Read(response: null, properties);
        }

        return new(operation, [.. request.History, .. request.Messages], request.Options, Values: null);
    }
}
