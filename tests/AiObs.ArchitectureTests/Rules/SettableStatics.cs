using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>Nothing static can be set: two observabilities in one process never share state, and tests run side by side.</summary>
/// <remarks>A readonly AsyncLocal is the one way to have ambient state. What a source generator wrote is exempt.</remarks>
internal static class SettableStatics
{
    private const BindingFlags Statics = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static;

    public static IEnumerable<string> Violations(IEnumerable<Type> types) =>
        from type in types
        where !type.IsEnum && IsWrittenByHand(type)
        from member in Fields(type).Concat(Properties(type))
        select $"{type}.{member} is static and can be set.";

    private static IEnumerable<string> Fields(Type type) =>
        from field in type.GetFields(Statics)
        where !field.IsInitOnly && !field.IsLiteral && IsWrittenByHand(field) && !IsOfProtobuf(field)
        select field.Name;

    private static IEnumerable<string> Properties(Type type) =>
        from property in type.GetProperties(Statics)
        where property.CanWrite
        select property.Name;

    /// <summary>Tells the one field that protoc writes without an attribute that says so: the description of a file.</summary>
    private static bool IsOfProtobuf(FieldInfo field) => field.FieldType.FullName == "Google.Protobuf.Reflection.FileDescriptor";

    private static bool IsWrittenByHand(MemberInfo member) =>
        !member.IsDefined(typeof(CompilerGeneratedAttribute)) && !member.IsDefined(typeof(GeneratedCodeAttribute));
}
