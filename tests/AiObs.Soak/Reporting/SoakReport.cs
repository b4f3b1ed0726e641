using System.Globalization;
using System.Text;
using AiObs.Soak.Reckoning;

namespace AiObs.Soak.Reporting;

/// <summary>Writes what a soak found: what everybody saw in all, every difference, and the checks.</summary>
internal static class SoakReport
{
    private const int MostDifferences = 40;
    private const int NameWidth = 20;
    private const int ColumnWidth = 17;

    public static string Write(SoakOptions options, SoakResult result)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"\n{options.Duration.TotalSeconds} seconds, seed {options.Seed}, ");
        text.Append(CultureInfo.InvariantCulture, $"{result.Readings[^1].Runs} runs\n\n");
        WriteTable(text, result.Reconciliation);
        WriteReadings(text, result);
        WriteChecks(text, result.Checks);
        WriteDifferences(text, result.Reconciliation);
        text.Append(result.IsReconciled ? "\nEverything reconciles.\n" : "\nNOT RECONCILED\n");

        return text.ToString();
    }

    private static void WriteTable(StringBuilder text, Reconciliation reconciliation)
    {
        text.Append("".PadRight(NameWidth));
        foreach (var book in reconciliation.Books)
        {
            text.Append(book.Name.PadLeft(ColumnWidth));
        }

        text.Append('\n');
        foreach (var measure in Enum.GetValues<Measure>())
        {
            text.Append(measure.ToString().PadRight(NameWidth));
            foreach (var book in reconciliation.Books)
            {
                text.Append((book.Measures.Contains(measure) ? Show(book.Total(measure)) : "").PadLeft(ColumnWidth));
            }

            text.Append('\n');
        }
    }

    private static void WriteReadings(StringBuilder text, SoakResult result)
    {
        text.Append("\n      runs   heap kB   working set kB   handles   threads\n");
        foreach (var reading in result.Readings)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{reading.Runs,10}{reading.HeapBytes / 1024,10}{reading.WorkingSetBytes / 1024,17}{reading.Handles,10}{reading.Threads,10}\n");
        }
    }

    private static void WriteChecks(StringBuilder text, IReadOnlyList<Check> checks)
    {
        text.Append('\n');
        foreach (var check in checks)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(check.IsMet ? "ok  " : "NOT ")} {check.What}: {check.Found}\n");
        }
    }

    private static void WriteDifferences(StringBuilder text, Reconciliation reconciliation)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n{reconciliation.Differences.Count} differences\n");
        text.AppendJoin('\n', reconciliation.Differences.Take(MostDifferences)).Append('\n');
        foreach (var measure in reconciliation.Unseen)
        {
            text.Append(CultureInfo.InvariantCulture, $"{measure} never happened, so that agreement on it proves nothing\n");
        }

        foreach (var measure in reconciliation.Unconfirmed)
        {
            text.Append(CultureInfo.InvariantCulture, $"{measure} has nobody to compare it with\n");
        }
    }

    private static string Show(decimal amount) => amount.ToString("0.########", CultureInfo.InvariantCulture);
}
