using System.Collections;

namespace AiObs.OpenTelemetry.Exporters;

/// <summary>Collects what is wrong with one section of options.</summary>
/// <param name="section">The section, which each problem begins with.</param>
internal sealed class ProblemList(string section) : IReadOnlyCollection<string>
{
    private readonly List<string> _problems = [];

    public int Count => _problems.Count;

    /// <summary>Adds a problem.</summary>
    /// <param name="option">The option that is wrong.</param>
    /// <param name="what">What is wrong with it and what to do, such as <c>is missing. Give …</c>.</param>
    public void Add(string option, string what) => _problems.Add($"{section}:{option} {what}");

    public IEnumerator<string> GetEnumerator() => _problems.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
