using System.Reflection;

namespace AiObs.ArchitectureTests.PublicApi;

/// <summary>Tells who may use a member.</summary>
internal static class Access
{
    /// <summary>The words for the access, with a blank behind; null when no other assembly may use the member.</summary>
    public static string? Of(MethodBase? method) => method switch
    {
        null => null,
        { IsPublic: true } => "public ",
        { IsFamily: true } => "protected ",
        { IsFamilyOrAssembly: true } => "protected internal ",
        _ => null,
    };

    public static string? Of(FieldInfo field) => field switch
    {
        { IsPublic: true } => "public ",
        { IsFamily: true } => "protected ",
        { IsFamilyOrAssembly: true } => "protected internal ",
        _ => null,
    };
}
