using System.Reflection;
using System.Text.RegularExpressions;
using AiObs.Events;

namespace AiObs.ArchitectureTests.Docs;

/// <summary>Holds the names of ours on the page for those who know the seeds to what there is.</summary>
public sealed partial class SeedNamesTests
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    [Fact]
    public async Task Names_OfOurs_Exist()
    {
        var rows = Repository.Files(".md", "docs/from-the-seeds.md").Single().Lines.Select(static line => Row().Match(line)).Where(static row => row.Success).ToList();
        var known = await KnownAsync();

        var named = rows.SelectMany(static row => Code().Matches(row.Groups[1].Value)).Select(static code => code.Groups[1].Value).ToHashSet();

        Assert.True(named.Count > 50);
        Assert.Empty(named.Except(known));
    }

    /// <summary>Returns the names of public types and methods, of members with their type, of event types and of metrics.</summary>
    private static async Task<HashSet<string>> KnownAsync()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in Repository.Assemblies.SelectMany(static assembly => assembly.GetExportedTypes()))
        {
            var name = type.Name.Split('`')[0];
            known.Add(name);
            foreach (var member in type.GetMembers(Everything))
            {
                known.Add($"{name}.{member.Name}");
                if (member is MethodInfo { IsSpecialName: false })
                {
                    known.Add(member.Name);
                }
            }
        }

        known.UnionWith(AgentEventTypes.All);
        known.UnionWith((await MeasuredMetrics.RecordAsync()).Instruments.Keys);

        // The store has a meter of its own.
        known.UnionWith(Repository.Assemblies.SelectMany(static assembly => assembly.GetTypes())
            .Where(static type => type.Name == "StoreTelemetry")
            .SelectMany(static type => type.GetFields(Everything))
            .Where(static field => field.IsLiteral)
            .Select(static field => (string)field.GetRawConstantValue()!));
        return known;
    }

    [GeneratedRegex("^\\| (?!There|---)[^|]+ \\| ([^|]+) \\| [^|]*\\|$")]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
