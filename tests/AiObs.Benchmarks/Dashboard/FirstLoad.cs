using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace AiObs.Benchmarks.Dashboard;

/// <summary>How much a browser loads for its first page of a trace, and how large the package is.</summary>
internal static partial class FirstLoad
{
    private const int Small = 100;
    private const int Large = 10_000;
    private const double Kilobyte = 1_000;

    public static async Task MeasureAsync(Ceilings ceilings)
    {
        using var server = new InProcessServer();
        await using var app = await DashboardApp.StartAsync(server);
        await app.Traces.AppendAsync(DashboardSpans.Make(trace: 1, Small));
        await app.Traces.AppendAsync(DashboardSpans.Make(trace: 2, Large));
        var small = await PageAsync(server, trace: 1);
        var large = await PageAsync(server, trace: 2);
        var names = Asset().Matches(Encoding.UTF8.GetString(large)).Select(static match => match.Groups[1].Value).Distinct().ToArray();
        var assets = await Task.WhenAll(names.Select(name => server.GetAsync($"{DashboardApp.Prefix}/_assets/{name}")));
        var code = names.Zip(assets).Where(static asset => asset.First.EndsWith(".css", StringComparison.Ordinal) || asset.First.EndsWith(".js", StringComparison.Ordinal)).ToArray();
        if (code.Length != 2)
        {
            throw new InvalidOperationException($"A page loads {code.Length} files of style and script, and not one of each.");
        }

        ceilings.Check("page of a trace of 10,000 spans, against one of 100 spans", (double)large.Length / small.Length, 2.5, "x");
        ceilings.Check("the same with all that it loads, compressed", assets.Prepend(large).Sum(Compressed) / Kilobyte, 40, "kB");
        ceilings.Check("style and script, as they are", code.Sum(static asset => asset.Second.Length) / Kilobyte, 32, "kB");
        ceilings.Check("assembly and its documentation, zipped as in the package", PackageSize() / Kilobyte, 400, "kB");
    }

    private static Task<byte[]> PageAsync(InProcessServer server, int trace) => server.GetAsync($"{DashboardApp.Prefix}/traces/{DashboardSpans.TraceId(trace)}");

    /// <summary>Compresses as ASP.NET Core does by default.</summary>
    private static int Compressed(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var brotli = new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(bytes);
        }

        return (int)target.Length;
    }

    private static long PackageSize()
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in (string[])["AiObs.Dashboard.dll", "AiObs.Dashboard.xml"])
            {
                zip.CreateEntryFromFile(Path.Combine(AppContext.BaseDirectory, name), name);
            }
        }

        return target.Length;
    }

    [GeneratedRegex("/_assets/([^\"]+)\"")]
    private static partial Regex Asset();
}
