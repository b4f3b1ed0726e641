using System.Diagnostics;
using AiObs.Chat;
using AiObs.Cost;
using AiObs.Cost.Budgets;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Embeddings;

/// <summary>Makes embedding operations of a generator's requests and results.</summary>
internal sealed class EmbeddingRecorder
{
    private const string Part = "embeddings";
    private const string MetadataPart = "metadata";

    private readonly OperationPipeline _pipeline;
    private readonly ModelEndpoint _endpoint;
    private readonly string? _defaultModel;
    private readonly int? _defaultDimensions;
    private readonly CostTracking? _costs;
    private readonly EmbeddingRecorder? _furtherIn;

    /// <summary>Initializes a new instance of the <see cref="EmbeddingRecorder"/> class for requests that no generator makes.</summary>
    public EmbeddingRecorder(OperationPipeline pipeline, ModelEndpoint endpoint)
    {
        _pipeline = pipeline;
        _endpoint = endpoint;
    }

    private EmbeddingRecorder(
        OperationPipeline pipeline, EmbeddingGeneratorMetadata? metadata, CostTracking? costs, EmbeddingRecorder? furtherIn)
    {
        _furtherIn = furtherIn;
        _pipeline = pipeline;
        _costs = costs;
        _endpoint = ModelEndpoint.From(metadata?.ProviderName, metadata?.ProviderUri);
        _defaultModel = metadata?.DefaultModelId;
        _defaultDimensions = metadata?.DefaultModelDimensions;
    }

    public bool IsListening => _costs is null ? _pipeline.IsListening : _pipeline.IsOn;

    /// <summary>Gets a value indicating whether a request is seen that goes from here to the model.</summary>
    private bool SeesModel => IsListening && _furtherIn is not { SeesModel: false };

    /// <summary>Makes the recorder of one generator, by what the generator says of itself.</summary>
    public static EmbeddingRecorder For<TInput, TEmbedding>(
        OperationPipeline pipeline, IEmbeddingGenerator<TInput, TEmbedding> innerGenerator, CostTracking? costs)
        where TEmbedding : Embedding
    {
        pipeline.WarnOfInnerTracer(pipeline.Faults.Get(MetadataPart, innerGenerator, FindTracer));
        return new(
            pipeline,
            pipeline.Faults.Get(MetadataPart, innerGenerator, static inner => inner.GetService<EmbeddingGeneratorMetadata>()),
            costs,
            pipeline.Faults.Get(MetadataPart, innerGenerator, static inner => inner.GetService<EmbeddingRecorder>()));
    }

    /// <summary>Starts the operation of a request; <see langword="null"/> when a decorator further out observes the very same request.</summary>
    /// <exception cref="BudgetExceededException">A budget refuses the request; nothing was started.</exception>
    public EmbeddingOperation? Start<TInput>(IList<TInput> values, EmbeddingGenerationOptions? options)
    {
        // Stacked decorators hand on the very same list; another request made inside of this one has its own.
        if (AmbientOperation.Current is EmbeddingOperation { Outcome: OperationOutcome.Running } outer
            && ReferenceEquals(outer.RequestIdentity, values))
        {
            Join(outer);
            return null;
        }

        var created = _pipeline.Faults.Get(
            Part, (Recorder: this, values, options), static state => state.Recorder.Create(state.values, state.options));
        if (created is null)
        {
            return null;
        }

        created.Costs = CallCosts.Of(CostScope.Choose(_costs) ?? _pipeline.Costs);
        created.Costs?.Tracking.Admit(created, _pipeline);
        return _pipeline.Faults.Get(Part, (_pipeline, created), Open);
    }

    /// <summary>Ends the operation of a request that was answered.</summary>
    public void Complete<TEmbedding>(EmbeddingOperation operation, GeneratedEmbeddings<TEmbedding> embeddings)
        where TEmbedding : Embedding
    {
        _pipeline.Faults.Run(
            Part, (Recorder: this, operation, embeddings), static state => state.Recorder.Apply(state.operation, state.embeddings));
        _pipeline.Complete(operation);
    }

    /// <summary>Ends an operation that threw.</summary>
    public void Fail(EmbeddingOperation operation, Exception exception, bool callerCancelled) =>
        _pipeline.Fail(operation, exception, callerCancelled);

    /// <summary>Finds the tracer next to us, unless it is one of ours: those share the operation.</summary>
    private static ActivitySource? FindTracer<TInput, TEmbedding>(IEmbeddingGenerator<TInput, TEmbedding> generator)
        where TEmbedding : Embedding
    {
        var source = generator.GetService<ActivitySource>();
        var ours = (IEmbeddingGenerator?)generator.GetService<ObservingEmbeddingGenerator<TInput, TEmbedding>>()
            ?? generator.GetService<CostTrackingEmbeddingGenerator<TInput, TEmbedding>>();
        return ReferenceEquals(source, ours?.GetService<ActivitySource>()) ? null : source;
    }

    /// <summary>Tells whether one of ours observes a generator already.</summary>
    public static bool IsObserved<TInput, TEmbedding>(IEmbeddingGenerator<TInput, TEmbedding> generator)
        where TEmbedding : Embedding =>
        generator.GetService<ObservingEmbeddingGenerator<TInput, TEmbedding>>() is not null
        || generator.GetService<CostTrackingEmbeddingGenerator<TInput, TEmbedding>>() is not null;

    private static EmbeddingOperation Open((OperationPipeline Pipeline, EmbeddingOperation Operation) request)
    {
        var (pipeline, operation) = request;
        try
        {
            pipeline.Start(operation, EnclosingSpan.FindEmbeddings(operation.RequestModel));
            (operation.Parent as EmbeddingOperation)?.NoteNested();
            return operation;
        }
        catch
        {
            operation.Costs?.Reservation?.Release();
            throw;
        }
    }

    /// <summary>Brings the cost tracking of this generator to an operation that has none, where the generator further out could not find it.</summary>
    private void Join(EmbeddingOperation outer)
    {
        if (_furtherIn is null)
        {
            outer.NoteOwn();
        }

        if (outer.Costs is null && _costs is not null)
        {
            outer.Costs = CallCosts.Of(_costs);
            _costs.Admit(outer, _pipeline);
        }
    }

    private EmbeddingOperation Create<TInput>(IList<TInput> values, EmbeddingGenerationOptions? options)
    {
        var requestModel = options?.ModelId ?? _defaultModel;
        var operation = new EmbeddingOperation(_endpoint, requestModel)
        {
            Dimensions = options?.Dimensions ?? _defaultDimensions,
            RequestIdentity = values,
            IsSeenFurtherIn = _furtherIn is { SeesModel: true },
        };
        if (_pipeline.Masker.Records)
        {
            _pipeline.Faults.Run(
                Part, (Recorder: this, operation, values), static state => state.Recorder.RecordTexts(state.operation, state.values));
        }

        return operation;
    }

    /// <summary>Records the texts ahead of the request, so that a failed one shows them too.</summary>
    private void RecordTexts<TInput>(EmbeddingOperation operation, IList<TInput> values)
    {
        var texts = new string?[values.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = values[i] is string text ? _pipeline.Masker.EmbeddingText(operation, text) : null;
        }

        operation.Texts = texts;
    }

    private void Apply<TEmbedding>(EmbeddingOperation operation, GeneratedEmbeddings<TEmbedding> embeddings)
        where TEmbedding : Embedding
    {
        operation.Count = embeddings.Count;
        operation.ResponseModel = embeddings.Count > 0 ? embeddings[0].ModelId : null;
        operation.Usage = UsageNormalizer.Normalize(embeddings.Usage);
        if (!_pipeline.Masker.Records)
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
