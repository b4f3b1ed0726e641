namespace AiObs.Benchmarks.Dashboard;

/// <summary>Writes what was measured beside what it may be, and keeps whether all of it holds.</summary>
internal sealed class Ceilings(TextWriter output)
{
    public bool Hold { get; private set; } = true;

    public void Check(string name, double value, double most, string unit)
    {
        var holds = value <= most;
        Hold &= holds;
        output.WriteLine($"{name,-74} {value,8:F2} {unit,-5} at most {most,6:F2}  {(holds ? "ok" : "ABOVE")}");
    }
}
