using System.Collections;
using System.Diagnostics;
using AiObs.Operations;
using AiObs.Pipeline;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Embeddings;

/// <summary>Makes embedding operations of a generator's requests and results.</summary>
internal sealed class EmbeddingRecorder
{
    /// <summary>The additional property that holds the format of the vectors, under its name on the wire.</summary>
    public const string EncodingFormatProperty = "encoding_format";

    private const string Part = "embeddings";
    private const string MetadataPart = "metadata";

    private readonly OperationPipeline _pipeline;
    private readonly ModelEndpoint _endpoint;
    private readonly string? _defaultModel;
    private readonly int? _defaultDimensions;
    private readonly bool _isGenerator;

    /// <summary>Initializes a new instance of the <see cref="EmbeddingRecorder"/> class for requests that no generator makes.</summary>
    public EmbeddingRecorder(OperationPipeline pipeline, ModelEndpoint endpoint)
    {
        _pipeline = pipeline;
        _endpoint = endpoint;
    }

    private EmbeddingRecorder(OperationPipeline pipeline, EmbeddingGeneratorMetadata? metadata)
    {
        _pipeline = pipeline;
        _isGenerator = true;
        _endpoint = ModelEndpoint.From(metadata?.ProviderName, metadata?.ProviderUri);
        _defaultModel = metadata?.DefaultModelId;
        _defaultDimensions = metadata?.DefaultModelDimensions;
    }

    public bool FollowsCalls => _pipeline.FollowsModelCalls;

    /// <summary>Makes the recorder of one generator, by what the generator says of itself.</summary>
    public static EmbeddingRecorder For<TInput, TEmbedding>(
        OperationPipeline pipeline, IEmbeddingGenerator<TInput, TEmbedding> innerGenerator)
        where TEmbedding : Embedding
    {
        pipeline.WarnOfInnerTracer(pipeline.Faults.Get(MetadataPart, innerGenerator, FindTracer));
        return new(
            pipeline,
            pipeline.Faults.Get(MetadataPart, innerGenerator, static inner => inner.GetService<EmbeddingGeneratorMetadata>()));
    }

    /// <summary>Makes the operation of a request, ahead of its start; <see langword="null"/> for one that passes unobserved.</summary>
    /// <param name="values">What is embedded; a sequence that is no list is known once the model has read it.</param>
    /// <param name="options">The options.</param>
    public EmbeddingOperation? Prepare<TInput>(IEnumerable<TInput> values, EmbeddingGenerationOptions? options) => IsSeenOutside(values) ? null : _pipeline.Faults.Get(
        Part, (Recorder: this, values, options), static state => state.Recorder.Create(state.values, state.options));

    /// <summary>Has the gates let a request through.</summary>
    /// <exception cref="CallRefusedException">A gate refuses the request; nothing was started.</exception>
    public ValueTask AdmitAsync(EmbeddingOperation prepared, CancellationToken cancellationToken)
    {
        try
        {
            var admission = _pipeline.AdmitAsync(new CallRequest(prepared, Messages: null, Options: null, prepared.RequestIdentity), cancellationToken);
            return admission.IsCompletedSuccessfully ? default : AwaitAsync(prepared, admission);
        }
        catch
        {
            prepared.LeaveRequest();
            throw;
        }
    }

    /// <summary>Starts an operation that the gates have let through; <see langword="null"/> where its request passes unobserved after all.</summary>
    public EmbeddingOperation? Open(EmbeddingOperation prepared) => _pipeline.Faults.Get(Part, (_pipeline, prepared), OpenCore);

    /// <summary>Ends the operation of a request that was answered.</summary>
    public void Complete<TEmbedding>(EmbeddingOperation operation, GeneratedEmbeddings<TEmbedding> embeddings)
        where TEmbedding : Embedding
    {
        _pipeline.Faults.Run(
            Part, (Recorder: this, operation, embeddings), static state => state.Recorder.Apply(state.operation, state.embeddings));
        RecordSequence(operation);
        _pipeline.Complete(operation);
    }

    /// <summary>Ends an operation that threw.</summary>
    public void Fail(EmbeddingOperation operation, Exception exception, bool callerCancelled)
    {
        RecordSequence(operation);
        _pipeline.Fail(operation, exception, callerCancelled);
    }

    /// <summary>Finds the tracer next to us, unless it is one of ours.</summary>
    private static ActivitySource? FindTracer<TInput, TEmbedding>(IEmbeddingGenerator<TInput, TEmbedding> generator)
        where TEmbedding : Embedding
    {
        var source = generator.GetService<ActivitySource>();
        var ours = generator.GetService<ObservingEmbeddingGenerator<TInput, TEmbedding>>();
        return ReferenceEquals(source, ours?.GetService<ActivitySource>()) ? null : source;
    }

    /// <summary>Tells a second observer on the same request, of which nothing was to be seen when the generator was built, from another request made inside of it.</summary>
    /// <remarks>Only the former sees the very same values. It leaves the request to the one outside, unless gates let this one through and none did that one.</remarks>
    private bool IsSeenOutside(object values) =>
        AmbientOperation.Current is EmbeddingOperation { Outcome: OperationOutcome.Running } outer
        && ReferenceEquals(outer.RequestIdentity, values)
        && !(outer.IsMuted && _pipeline.IsOn)
        && (outer.Ticket is not null || !_pipeline.Gates.Any);

    private static async ValueTask AwaitAsync(EmbeddingOperation prepared, ValueTask admission)
    {
        try
        {
            await admission.ConfigureAwait(false);
        }
        catch
        {
            prepared.LeaveRequest();
            throw;
        }
    }

    private static EmbeddingOperation OpenCore((OperationPipeline Pipeline, EmbeddingOperation Operation) request)
    {
        var (pipeline, operation) = request;
        try
        {
            pipeline.Start(operation, operation.IsMuted ? null : EnclosingSpan.FindEmbeddings(operation.RequestModel));
            return operation;
        }
        catch
        {
            pipeline.Gates.Release(operation);
            throw;
        }
    }

    private EmbeddingOperation Create<TInput>(IEnumerable<TInput> values, EmbeddingGenerationOptions? options)
    {
        var requestModel = options?.ModelId ?? _defaultModel;
        var operation = new EmbeddingOperation(_endpoint, requestModel)
        {
            Dimensions = options?.Dimensions ?? _defaultDimensions,
            EncodingFormat = options?.AdditionalProperties?.TryGetValue(EncodingFormatProperty, out string? format) == true ? format : null,
            RequestIdentity = values,
            IsMuted = !_pipeline.IsOn,
            IsOfClient = _isGenerator,
        };
        if (values is IList<TInput> list)
        {
            operation.InputCount = list.Count;
            RecordTexts(operation, list);
        }

        return operation;
    }

    /// <summary>Records the texts: of a list ahead of the request, so that a failed one shows them too.</summary>
    private void RecordTexts(EmbeddingOperation operation, object values)
    {
        if (_pipeline.Masker.Records && !operation.IsMuted)
        {
            _pipeline.Faults.Run(Part, (Recorder: this, operation, values), static state => state.operation.Texts =
                [.. ((IEnumerable)state.values).Cast<object?>().Select(value => state.Recorder.TextOf(state.operation, value))]);
        }
    }

    private string? TextOf(EmbeddingOperation operation, object? value) => value is string text ? _pipeline.Masker.EmbeddingText(operation, text) : null;

    /// <summary>Records what the model has read of values that are no list.</summary>
    private void RecordSequence(EmbeddingOperation operation)
    {
        if (operation.RequestIdentity is IRequestSequence sequence)
        {
            operation.InputCount = (sequence.HandedOn as ICollection)?.Count;
            RecordTexts(operation, sequence.HandedOn);
            operation.LeaveRequest();
        }
    }

    private void Apply<TEmbedding>(EmbeddingOperation operation, GeneratedEmbeddings<TEmbedding> embeddings)
        where TEmbedding : Embedding
    {
        operation.Count = embeddings.Count;
        operation.ResponseModel = embeddings.Count > 0 ? embeddings[0].ModelId : null;
        operation.Usage = UsageNormalizer.Normalize(embeddings.Usage);
        if (!_pipeline.Masker.Records || operation.IsMuted)
        {
            return;
        }

        operation.AreVectorsHidden = _pipeline.Masker.HidesVectors;
        if (!operation.AreVectorsHidden)
        {
            operation.Vectors = [.. embeddings.Select(VectorValues.Of)];
        }
    }
}
