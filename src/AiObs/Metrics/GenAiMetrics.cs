using System.Diagnostics;
using System.Diagnostics.Metrics;
using AiObs.Conventions;
using AiObs.Operations;

namespace AiObs.Metrics;

/// <summary>The metrics of the GenAI conventions, of one profile, and our own of costs.</summary>
internal sealed class GenAiMetrics
{
    private readonly ModelMetrics _model;
    private readonly AgentMetrics _agents;
    private readonly CostMetrics _costs;
    private readonly IReadOnlyList<string> _metadataKeys;

    public GenAiMetrics(Meter meter, GenAIProfile profile, IReadOnlyList<string> metadataKeys)
    {
        _model = new ModelMetrics(meter, profile);
        _agents = new AgentMetrics(meter, profile);
        _costs = new CostMetrics(meter);
        _metadataKeys = metadataKeys;
    }

    /// <summary>Gets a value indicating whether anybody listens to any of them.</summary>
    public bool Enabled => _model.Enabled || _agents.Enabled || _costs.Enabled;

    /// <summary>Makes what measures the times of a stream's updates; <see langword="null"/> when nobody wants them.</summary>
    public ChunkTimer? TimeChunks(ChatOperation chat, TimeProvider clock, Faults faults) => _model.WantsChunks && !chat.IsFetch ? _model.TimeChunks(BaseTags(chat), clock, faults) : null;

    /// <summary>Records a finished operation.</summary>
    public void Record(AgentOperation operation)
    {
        if (operation is ModelOperation priced)
        {
            RecordCost(priced);
        }

        switch (operation)
        {
            case ModelOperation { Foreign: null or { MeasuresCalls: false } } model when _model.Enabled:
                _model.Record(model, BaseTags(model));
                break;
            case ToolOperation tool when _agents.Enabled:
                _agents.Record(tool, MetadataTags(tool));
                break;
            case AgentRunOperation agent when _agents.Enabled:
                _agents.Record(agent, MetadataTags(agent));
                break;
            case StepOperation step when _agents.Enabled:
                _agents.Record(step, MetadataTags(step));
                break;
        }
    }

    /// <summary>Records what a call cost.</summary>
    public void RecordCost(ModelOperation operation)
    {
        if (_costs.Enabled)
        {
            _costs.Record(operation, MetadataTags(operation));
        }
    }

    private TagList BaseTags(ModelOperation operation)
    {
        var tags = MetadataTags(operation);
        tags.Add(GenAiAttributes.OperationName, GenAiOperationNames.Of(operation));
        AddKnown(ref tags, GenAiAttributes.ProviderName, operation.Endpoint.Provider);
        AddKnown(ref tags, GenAiAttributes.RequestModel, operation.RequestModel);
        AddKnown(ref tags, GenAiAttributes.ResponseModel, operation.ResponseModel);
        if (operation.Endpoint.Address is { } address)
        {
            tags.Add(GenAiAttributes.ServerAddress, address);
            if (operation.Endpoint.Port is { } port)
            {
                tags.Add(GenAiAttributes.ServerPort, (long)port);
            }
        }

        return tags;
    }

    private TagList MetadataTags(AgentOperation operation)
    {
        var tags = default(TagList);
        if (operation.Context.Metadata is { } metadata)
        {
            for (var i = 0; i < _metadataKeys.Count; i++)
            {
                if (metadata.TryGetValue(_metadataKeys[i], out var value) && value is not null)
                {
                    tags.Add(_metadataKeys[i], value);
                }
            }
        }

        return tags;
    }

    private static void AddKnown(ref TagList tags, string key, string? value)
    {
        if (value is not null)
        {
            tags.Add(key, value);
        }
    }
}
