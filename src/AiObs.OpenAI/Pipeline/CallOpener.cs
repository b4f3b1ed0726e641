using System.ClientModel;
using System.ClientModel.Primitives;
using AiObs.Http.Calls;
using AiObs.Http.Wire;
using AiObs.Operations;
using AiObs.Pipeline;

namespace AiObs.OpenAI.Pipeline;

/// <summary>Opens the operation of a request, unless it is how an observed client outside answers its own call.</summary>
internal sealed class CallOpener(AgentObservability observability, PipelinePolicy owner)
{
    private const string Part = "openai";

    private readonly OperationPipeline _pipeline = observability.Pipeline;
    private readonly CallFactory _calls = new(observability, ToException);

    /// <summary>Gets a value indicating whether a response runs in the background, so that requests for it matter.</summary>
    public bool AwaitsResponses => _calls.AwaitsResponses;

    /// <summary>Returns the call to observe; <see langword="null"/> for one that is to pass.</summary>
    public WireCall? Open(PipelineMessage message, ModelAddress address)
    {
        if (CallMark.Find(message) is { IsOpen: true })
        {
            return null;
        }

        if (address.ResponseId is { } id)
        {
            return _calls.CreateRetrieval(id);
        }

        // A call that the application traces by itself gives way.
        if (_calls.FindOutside(address.Api) is { IsTraced: false } outer)
        {
            Mark(message, outer);
            return _calls.CreateInner(outer, address.Api);
        }

        // Of a body that is not known, the caller says what it waits for: only streams are not buffered, as a rule.
        using var document = _pipeline.Faults.Get(Part, message.Request, RequestBody.Parse);
        return _calls.Create(address, message.Request.Uri!, document?.RootElement ?? default, expectsStream: !message.BufferResponse);
    }

    /// <summary>Starts a call that the gates have let through.</summary>
    /// <returns>Whether it is observed.</returns>
    public bool Start(WireCall call, PipelineMessage message)
    {
        if (!call.Start())
        {
            return false;
        }

        if (call.Operation is { } operation)
        {
            Mark(message, operation);
        }

        return true;
    }

    private static ClientResultException ToException(WireError error) => error.Response is PipelineHead head
        ? new ClientResultException(error.Message, head.Response)
        : new ClientResultException(error.Message);

    private void Mark(PipelineMessage message, ModelOperation operation)
    {
        if (operation.AttemptCounting != AttemptCounting.Off)
        {
            operation.AttemptCounting = AttemptCounting.ByClient;
        }

        new CallMark(owner, operation).PutOn(message);
    }
}
