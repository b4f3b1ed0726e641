using AiObs.Operations;

namespace AiObs.Otlp.Receiving;

/// <summary>What ran directly inside of a span that is an agent, or may turn out to be in one. Used under the lock of <see cref="SeenSpans"/>.</summary>
internal sealed class StepCounts
{
    /// <summary>No sane agent calls more tools, and a sender must not fill the memory with names.</summary>
    private const int MaxTools = 1_000;

    private readonly List<string> _tools = [];
    private int _iterations;

    /// <summary>Counts a call of a tool; without a name, of a model.</summary>
    public void Add(string? tool)
    {
        if (tool is null)
        {
            _iterations++;
        }
        else if (_tools.Count < MaxTools)
        {
            _tools.Add(tool);
        }
    }

    public void Add(StepCounts others)
    {
        _iterations += others._iterations;
        _tools.AddRange(others._tools.Take(MaxTools - _tools.Count));
    }

    public void CountOn(AgentRunOperation agent)
    {
        agent.SetIterations(_iterations);
        _tools.ForEach(agent.CountTool);
    }
}
