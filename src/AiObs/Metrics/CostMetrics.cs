using System.Diagnostics;
using System.Diagnostics.Metrics;
using AiObs.Conventions;
using AiObs.Operations;

namespace AiObs.Metrics;

/// <summary>The metrics of what model calls cost; no convention has any yet.</summary>
internal sealed class CostMetrics
{
    private readonly Counter<double> _cost;
    private readonly Counter<long> _unpriced;
    private readonly Counter<long> _cached;

    public CostMetrics(Meter meter)
    {
        _cost = meter.Counter<double>("aiobs.cost", "{USD}", "What model calls cost.");
        _unpriced = meter.Counter<long>("aiobs.cost.unpriced", "{call}", "Model calls whose cost is not known.");
        _cached = meter.Counter<long>("aiobs.cost.cached", "{call}", "Model calls that a cache answered with what was paid for before.");
    }

    public bool Enabled => _cost.Enabled || _unpriced.Enabled || _cached.Enabled;

    public void Record(ModelOperation operation, TagList tags)
    {
        var isReplay = operation is ChatOperation { IsReplay: true };
        if (operation.Cost is null && !isReplay)
        {
            return;
        }

        AddKnown(ref tags, GenAiAttributes.ProviderName, operation.Endpoint.Provider);
        AddKnown(ref tags, GenAiAttributes.RequestModel, operation.RequestModel);
        AddKnown(ref tags, GenAiAttributes.ResponseModel, operation.ResponseModel);
        if (isReplay)
        {
            _cached.Add(1, tags);
        }
        else if (operation.Cost!.Total is { } total)
        {
            tags.Add(GenAiAttributes.OperationName, GenAiOperationNames.OfSpend(operation));
            _cost.Add((double)total, tags);
        }
        else
        {
            _unpriced.Add(1, tags);
        }
    }

    private static void AddKnown(ref TagList tags, string key, string? value)
    {
        if (value is not null)
        {
            tags.Add(key, value);
        }
    }
}
