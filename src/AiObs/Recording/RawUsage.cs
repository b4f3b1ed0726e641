using AiObs.Operations;

namespace AiObs.Recording;

/// <summary>What was read of the objects of a stream. In an object of its own, as few streams have any, and it is large.</summary>
internal sealed class RawUsage
{
    private ReportedUsage _said;

    public ref ReportedUsage Said => ref _said;
}
