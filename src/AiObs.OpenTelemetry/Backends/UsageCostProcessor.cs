using System.Diagnostics;
using AiObs.Conventions;
using OpenTelemetry;

namespace AiObs.OpenTelemetry.Backends;

/// <summary>Repeats what a call cost under the key that some backends read; stands before the exporter that asks for it.</summary>
internal sealed class UsageCostProcessor : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.GetTagItem(AiObsAttributes.CostTotal) is { } cost)
        {
            data.SetTag(GenAiAttributes.UsageCost, cost);
        }
    }
}
