using AiObs.Soak.Reporting;

namespace AiObs.Soak;

/// <summary>Soaks, and shows what was found.</summary>
internal sealed class SoakCommand(SoakOptions options, TextWriter output)
{
    private const int Reconciled = 0;
    private const int NotReconciled = 1;

    public async Task<int> RunAsync()
    {
        var result = await new SoakRun(options, output).RunAsync();
        var text = SoakReport.Write(options, result);
        await output.WriteAsync(text);
        if (options.Report is { } path)
        {
            await File.WriteAllTextAsync(path, text);
        }

        return result.IsReconciled ? Reconciled : NotReconciled;
    }
}
