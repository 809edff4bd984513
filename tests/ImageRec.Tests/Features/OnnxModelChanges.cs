namespace ImageRec.Tests.Features;

/// <summary>Changes declarations of networks in one expression.</summary>
internal static class OnnxModelChanges
{
    public static OnnxModel With(this OnnxModel model, Action<OnnxModel> change)
    {
        change(model);
        return model;
    }
}
