namespace AiObs.ArchitectureTests.Rules;

/// <summary>A type of one folder names a type of another folder of the same project.</summary>
/// <param name="From">The folder of the member that names the type.</param>
/// <param name="Type">The outermost type of that member.</param>
/// <param name="Member">The member that names the type.</param>
/// <param name="To">The folder of the named type.</param>
/// <param name="Named">The outermost type of what is named.</param>
internal sealed record FolderLayersReference(string From, string Type, string Member, string To, string Named)
{
    public override string ToString() => $"{From} -> {To}: {Type}.{Member} names {Named}";
}
