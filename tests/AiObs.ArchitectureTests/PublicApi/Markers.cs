using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace AiObs.ArchitectureTests.PublicApi;

/// <summary>Prints the attributes that change what a user may do with a type or member.</summary>
internal static class Markers
{
    public static string Of(MemberInfo member)
    {
        var text = string.Join(", ", Names(member));

        return text.Length == 0 ? "" : $" [{text}]";
    }

    private static IEnumerable<string> Names(MemberInfo member)
    {
        // What needs a newer compiler is marked obsolete by the compiler itself, to keep older ones away.
        var isByCompiler = member.IsDefined(typeof(CompilerFeatureRequiredAttribute));
        if (!isByCompiler && member.GetCustomAttribute<ObsoleteAttribute>() is { } obsolete)
        {
            yield return $"Obsolete(\"{obsolete.Message}\"{(obsolete.IsError ? ", error" : "")})";
        }

        if (member.GetCustomAttribute<ExperimentalAttribute>() is { } experimental)
        {
            yield return $"Experimental(\"{experimental.DiagnosticId}\")";
        }

        if (member.IsDefined(typeof(FlagsAttribute)))
        {
            yield return "Flags";
        }
    }
}
