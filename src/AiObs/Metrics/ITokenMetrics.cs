using System.Diagnostics;
using AiObs.Operations;

namespace AiObs.Metrics;

/// <summary>Token metrics, whose shape is what differs most between profiles.</summary>
internal interface ITokenMetrics
{
    bool Enabled { get; }

    void Record(ModelOperation operation, TagList tags);
}
